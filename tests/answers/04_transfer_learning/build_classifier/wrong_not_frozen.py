"""Does not freeze the base.

points: 5
hint: The base must be frozen
"""


def build_classifier(base, num_classes):
    base.trainable = True
    inputs = keras.Input(base.input_shape[1:])
    x = base(preprocess_input(inputs), training=False)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)
