"""Trains a head, and returns the base with a head that never was.

points: 1
hint: is it the one that was trained
"""


def your_classifier(base, train, valid, num_classes):
    features, labels = transfer.extract_features(base, train)
    head = keras.Sequential([layers.Dense(num_classes, activation="softmax")])
    head.compile(keras.optimizers.Adam(1e-2), "categorical_crossentropy")
    head.fit(features, labels, batch_size=100, epochs=1, verbose=0)
    return transfer.build_classifier(base, num_classes)
