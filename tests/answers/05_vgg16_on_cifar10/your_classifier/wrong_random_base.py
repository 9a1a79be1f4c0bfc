"""Builds a base of its own, with random weights, in place of the one that was given.

points: 1
hint: does it use the base
"""


def your_classifier(base, train, valid, num_classes):
    base = vgg16_base(None, (32, 32, 3), width=1 / 8)
    features, labels = transfer.extract_features(base, train)
    model = transfer.build_classifier(base, num_classes)
    head = keras.Sequential([model.get_layer("head")])
    head.compile(keras.optimizers.Adam(1e-2), "categorical_crossentropy")
    head.fit(features, labels, batch_size=100, epochs=3, verbose=0)
    return model
