"""Trains a small network from scratch for one epoch, and leaves the base alone.

points: 1
hint: does it use the base
"""


def your_classifier(base, train, valid, num_classes):
    model = keras.Sequential([keras.Input((32, 32, 3)), layers.Rescaling(1 / 255)])
    model.add(layers.Conv2D(16, 5, strides=4, activation="relu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(num_classes, activation="softmax"))
    model.compile("adam", "categorical_crossentropy")
    model.fit(train, epochs=1, verbose=0)
    return model
