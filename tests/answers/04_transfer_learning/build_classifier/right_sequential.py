"""A Sequential model with a Lambda layer."""


def build_classifier(base, num_classes):
    for layer in base.layers:
        layer.trainable = False
    return keras.Sequential(
        [
            keras.Input(base.input_shape[1:]),
            layers.Lambda(preprocess_input),
            base,
            layers.GlobalMaxPooling2D(),
            layers.Dense(num_classes),
            layers.Softmax(),
        ]
    )
