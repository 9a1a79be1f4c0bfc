"""Freezes block5 only.

points: 5
hint: Still trained: block1
"""


def build_classifier(base, num_classes):
    for layer in base.layers:
        layer.trainable = not layer.name.startswith("block5")
    inputs = keras.Input(base.input_shape[1:])
    x = base(preprocess_input(inputs), training=False)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)
