"""Prepares as other networks want it: 0 to 1, less a mean, by a deviation, RGB.

points: 5
hint: Look at keras.applications.vgg16.preprocess_input
"""


def build_classifier(base, num_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = layers.Rescaling(1 / 255)(inputs)
    x = (x - np.array([0.485, 0.456, 0.406])) / np.array([0.229, 0.224, 0.225])
    x = layers.GlobalAveragePooling2D()(base(x, training=False))
    return keras.Model(inputs, layers.Dense(num_classes, activation="softmax")(x))
