"""Returns model and history, as the exercises before.

points: 0
hint: must return a Keras model. Received: tuple
"""


def your_classifier(base, train, valid, num_classes):
    features, labels = transfer.extract_features(base, [train[0]])
    model = transfer.build_classifier(base, num_classes)
    head = keras.Sequential([model.get_layer("head")])
    head.compile("adam", "categorical_crossentropy")
    history = head.fit(features, labels, batch_size=100, epochs=2, verbose=0)
    return model, history
