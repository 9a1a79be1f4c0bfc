"""Gives logits.

points: 4
hint: activation of the last layer
"""


def build_classifier(base, num_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = base(preprocess_input(inputs), training=False)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(num_classes)(x)
    return keras.Model(inputs, outputs)
