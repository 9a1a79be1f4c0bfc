"""Enlarges the images outside of the model, which takes no others then.

points: 0
hint: must take images (32, 32, 3)
"""


def your_classifier(base, train, valid, num_classes):
    base = vgg16_base("tiles", (64, 64, 3))
    x, y = train[0]
    features, labels = transfer.extract_features(base, [(x.repeat(2, 1).repeat(2, 2), y)])
    model = transfer.build_classifier(base, num_classes)
    head = keras.Sequential([model.get_layer("head")])
    head.compile("adam", "categorical_crossentropy")
    head.fit(features, labels, batch_size=100, epochs=2, verbose=0)
    return model
