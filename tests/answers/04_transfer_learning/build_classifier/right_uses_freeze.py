"""Freezes with the function of the exercise before, pools with ops."""


def build_classifier(base, num_classes):
    freeze(base)
    height, width, channels = base.input_shape[1:]
    inputs = keras.Input((height, width, channels), dtype="float32")
    x = keras.ops.mean(base(preprocess_input(inputs), training=False), axis=(1, 2))
    outputs = layers.Activation("softmax")(layers.Dense(num_classes)(x))
    return keras.Model(inputs=inputs, outputs=outputs)
