"""Trains one head, and puts another one on the base.

points: 4
hint: Is the head that was trained the one in the model
"""


def train_head(base, train, valid, num_classes, folder):
    features = transfer.extract_features(base, train, Path(folder) / "train")
    valid_features = transfer.extract_features(base, valid, Path(folder) / "valid")
    model = transfer.build_classifier(base, num_classes)
    model.get_layer("head").set_weights([np.zeros(w.shape) for w in model.get_layer("head").weights])
    head = keras.Sequential([layers.Dense(num_classes, activation="softmax")])
    head.compile("adam", "categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
    head.optimizer.learning_rate = 0.1
    history = head.fit(*features, epochs=2, batch_size=64, validation_data=valid_features, verbose=0)
    return model, history
