"""Saves the features, and computes them anew the next time.

points: 5
hint: Keep the features in the folder
"""


def train_head(base, train, valid, num_classes, folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    features = transfer.extract_features(base, train)
    valid_features = transfer.extract_features(base, valid)
    np.save(folder / "train.npy", features[0])
    np.save(folder / "valid.npy", valid_features[0])
    model = transfer.build_classifier(base, num_classes)
    head = keras.Sequential([model.get_layer("head")])
    head.compile("adam", "categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
    head.optimizer.learning_rate = 0.1
    history = head.fit(*features, epochs=3, batch_size=64, validation_data=valid_features, verbose=0)
    return model, history
