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
    optimizer = keras.optimizers.Adam(3e-2)
    head.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    history = head.fit(*features, epochs=4, batch_size=16, validation_data=valid_features, verbose=0)
    return model, history
