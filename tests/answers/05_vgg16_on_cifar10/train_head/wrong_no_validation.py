"""Trains without validation data.

points: 5
hint: given validation_data
"""


def train_head(base, train, valid, num_classes, folder):
    features = transfer.extract_features(base, train, Path(folder) / "train")
    transfer.extract_features(base, valid, Path(folder) / "valid")
    model = transfer.build_classifier(base, num_classes)
    head = keras.Sequential([model.get_layer("head")])
    optimizer = keras.optimizers.Adam(3e-2)
    head.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return model, head.fit(*features, epochs=4, batch_size=16, verbose=0)
