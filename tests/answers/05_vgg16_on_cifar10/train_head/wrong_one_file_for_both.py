"""Keeps the features for training and for validation under one name: validation reads the former.

points: 5
hint: 144 in all. Received: 127
"""


def train_head(base, train, valid, num_classes, folder):
    file = Path(folder) / "features.npz"
    file.parent.mkdir(parents=True, exist_ok=True)

    def features_of(batches):
        if not file.exists():
            x, y = transfer.extract_features(base, batches)
            np.savez(file, x=x, y=y)
        with np.load(file) as kept:
            return kept["x"], kept["y"]

    features, valid_features = features_of(train), features_of(valid)
    model = transfer.build_classifier(base, num_classes)
    head = keras.Sequential([model.get_layer("head")])
    head.compile("adam", "categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
    head.optimizer.learning_rate = 0.1
    history = head.fit(*features, epochs=3, batch_size=64, validation_data=valid_features, verbose=0)
    return model, history
