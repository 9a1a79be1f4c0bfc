"""Trains without validation data.

points: 5
hint: given validation_data
"""


def train_head(base, train, valid, num_classes, folder):
    features = transfer.extract_features(base, train, Path(folder) / "train")
    transfer.extract_features(base, valid, Path(folder) / "valid")
    model = transfer.build_classifier(base, num_classes)
    head = keras.Sequential([model.get_layer("head")])
    head.compile("adam", "categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
    head.optimizer.learning_rate = 0.1
    return model, head.fit(*features, epochs=3, batch_size=64, verbose=0)
