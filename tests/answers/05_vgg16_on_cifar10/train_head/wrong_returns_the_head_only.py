"""Returns the head, which takes features and no images.

points: 3
hint: must take images
"""


def train_head(base, train, valid, num_classes, folder):
    features = transfer.extract_features(base, train, Path(folder) / "train")
    valid_features = transfer.extract_features(base, valid, Path(folder) / "valid")
    head = keras.Sequential(
        [keras.Input(features[0].shape[1:]), layers.Dense(num_classes, activation="softmax")]
    )
    head.compile("adam", "categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
    head.optimizer.learning_rate = 0.1
    history = head.fit(*features, epochs=2, batch_size=64, validation_data=valid_features, verbose=0)
    return head, history
