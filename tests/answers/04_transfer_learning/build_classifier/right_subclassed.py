"""A model class of its own, with the base and the head in it."""


class Classifier(keras.Model):
    def __init__(self, base, num_classes):
        super().__init__()
        self.base = base
        self.pool = layers.GlobalAveragePooling2D()
        self.head = layers.Dense(num_classes, activation="softmax")

    def call(self, images):
        prepared = preprocess_input(keras.ops.cast(images, "float32"))
        return self.head(self.pool(self.base(prepared, training=False)))


def build_classifier(base, num_classes):
    base.trainable = False
    return Classifier(base, num_classes)
