"""Ten epochs with "adam" and all that goes without saying, as most people begin."""


def train_head(base, train, valid, num_classes, folder):
    x, y = transfer.extract_features(base, train, Path(folder) / "train")
    validation = transfer.extract_features(base, valid, Path(folder) / "valid")
    model = transfer.build_classifier(base, num_classes)
    head = keras.Sequential([model.get_layer("head")])
    head.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model, head.fit(x, y, epochs=10, validation_data=validation)
