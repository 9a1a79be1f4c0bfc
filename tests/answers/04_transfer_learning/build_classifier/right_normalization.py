"""Takes the means off with a Normalization layer, and swaps channels with take."""


def build_classifier(base, num_classes):
    for layer in base.layers:
        layer.trainable = False
    inputs = keras.Input(shape=base.input_shape[1:])
    bgr = keras.ops.take(inputs, [2, 1, 0], axis=-1)
    x = layers.Normalization(mean=[103.939, 116.779, 123.68], variance=[1.0, 1.0, 1.0])(bgr)
    x = layers.GlobalAveragePooling2D()(base(x, training=False))
    x = layers.Dropout(0.1)(x)
    return keras.Model(inputs, layers.Dense(num_classes, "softmax")(x))
