"""Returns the model, and no history.

points: 3
hint: must return two things: model, history
"""


def train_head(base, train, valid, num_classes, folder):
    features = transfer.extract_features(base, train, Path(folder) / "train")
    valid_features = transfer.extract_features(base, valid, Path(folder) / "valid")
    model = transfer.build_classifier(base, num_classes)
    head = keras.Sequential([model.get_layer("head")])
    optimizer = keras.optimizers.Adam(3e-2)
    head.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    head.fit(*features, epochs=4, batch_size=16, validation_data=valid_features, verbose=0)
    return model
