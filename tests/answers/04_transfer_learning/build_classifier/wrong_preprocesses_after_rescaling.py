"""Divides by 255 and then prepares.

points: 5
hint: Look at keras.applications.vgg16.preprocess_input
"""


def build_classifier(base, num_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = base(preprocess_input(layers.Rescaling(1 / 255)(inputs)), training=False)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)
