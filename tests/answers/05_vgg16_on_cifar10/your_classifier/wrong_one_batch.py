"""Trains on the first batch only.

points: 1
hint: The baseline from scratch comes about as far
"""


def your_classifier(base, train, valid, num_classes):
    x, y = train[0]
    features, labels = transfer.extract_features(base, [(x[:30], y[:30])])
    model = transfer.build_classifier(base, num_classes)
    head = keras.Sequential([model.get_layer("head")])
    head.compile(keras.optimizers.Adam(1e-2), "categorical_crossentropy")
    head.fit(features, labels, batch_size=100, epochs=5, verbose=0)
    return model
