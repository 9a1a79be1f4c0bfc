"""A trial run of the base tells how wide the head's input is; NumPy-like pooling by a Lambda."""


def build_classifier(base, num_classes):
    base.trainable = False
    height, width, channels = base.input_shape[1:]
    trial = base(np.zeros((1, height, width, channels), "float32"), training=False)
    head = keras.Sequential(
        [
            keras.Input(trial.shape[1:]),
            layers.Lambda(lambda maps: keras.ops.mean(maps, (1, 2))),
            layers.Dense(num_classes, activation="softmax"),
        ]
    )
    images = keras.Input((height, width, channels))
    return keras.Model(images, head(base(preprocess_input(images), training=False)))
