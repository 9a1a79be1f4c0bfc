"""A model class of its own, with dropout; the size of the images is never asked for."""


class Small(keras.Model):
    def __init__(self, num_classes):
        super().__init__()
        self.convolutions = [layers.Conv2D(f, 3, strides=2, activation="relu") for f in (16, 24, 32)]
        self.pool = layers.GlobalMaxPooling2D()
        self.drop = layers.Dropout(0.1)
        self.dense = layers.Dense(num_classes, activation="softmax")

    def call(self, images, training=False):
        x = keras.ops.cast(images, "float32") / 255.0
        for convolution in self.convolutions:
            x = convolution(x)
        return self.dense(self.drop(self.pool(x), training=training))


def baseline_from_scratch(train, valid, num_classes, epochs, callbacks=()):
    model = Small(num_classes)
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model, model.fit(
        train, validation_data=valid, epochs=epochs, callbacks=[*callbacks], verbose=0
    )
