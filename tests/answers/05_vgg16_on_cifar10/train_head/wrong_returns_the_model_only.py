"""Returns the model, and no history.

points: 3
hint: must return two things: model, history
"""


def train_head(base, train, valid, num_classes, folder):
    features = transfer.extract_features(base, train, Path(folder) / "train")
    valid_features = transfer.extract_features(base, valid, Path(folder) / "valid")
    model = transfer.build_classifier(base, num_classes)
    head = keras.Sequential([model.get_layer("head")])
    head.compile("adam", "categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
    head.optimizer.learning_rate = 0.1
    head.fit(*features, epochs=2, batch_size=64, validation_data=valid_features, verbose=0)
    return model
