"""Prepares twice.

points: 5
hint: Look at keras.applications.vgg16.preprocess_input
"""


def build_classifier(base, num_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = base(preprocess_input(preprocess_input(inputs)), training=False)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)
