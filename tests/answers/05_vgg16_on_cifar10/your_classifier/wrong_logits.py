"""Returns a model without softmax, as its loss takes logits.

points: 0
hint: Is there a softmax at its end
"""


def your_classifier(base, train, valid, num_classes):
    model = transfer.build_classifier(base, num_classes)
    x = model.get_layer("head").input
    logits = layers.Dense(num_classes, dtype="float32")
    model = keras.Model(model.input, logits(x))
    features, labels = transfer.extract_features(base, [train[0]])
    head = keras.Sequential([logits])
    head.compile("adam", keras.losses.CategoricalCrossentropy(from_logits=True))
    head.fit(features, labels, batch_size=100, epochs=2, verbose=0)
    return model
