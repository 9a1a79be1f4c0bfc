"""Predicts features from the shuffled dataset, and then reads the labels in another order.

points: 1
hint: do features and labels come from the same pass
"""

def your_classifier(base, train, valid, num_classes):
    model = transfer.build_classifier(base, num_classes)
    extractor = keras.Model(model.input, model.get_layer("head").input)
    features = extractor.predict(train, verbose=0)
    labels = np.concatenate([train[i][1] for i in range(len(train))])
    head = keras.Sequential([model.get_layer("head")])
    head.compile(keras.optimizers.Adam(1e-2), "categorical_crossentropy")
    head.fit(features, labels, batch_size=100, epochs=2, verbose=0)
    return model
