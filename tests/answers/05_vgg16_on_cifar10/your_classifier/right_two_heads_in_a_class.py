"""A model class that averages what it says of an image and of its mirror image; tf.data for features."""

import tensorflow as tf


class BothWays(keras.Model):
    def __init__(self, base, num_classes):
        super().__init__()
        outputs = [base.get_layer(f"block{i}_pool").output for i in (3, 4, 5)]
        self.maps = keras.Model(base.input, outputs)
        self.maps.trainable = False
        self.norm = layers.BatchNormalization(momentum=0.9, dtype="float32")
        self.hidden = layers.Dense(256, activation="relu", dtype="float32")
        self.drop = layers.Dropout(0.4, dtype="float32")
        self.outputs_ = layers.Dense(num_classes, activation="softmax", dtype="float32")

    def features(self, images):
        images = keras.ops.cast(images, "float32")[..., ::-1] - [103.939, 116.779, 123.68]
        maps = self.maps(images, training=False)
        flat = [keras.ops.reshape(m, (-1, int(np.prod(m.shape[1:])))) for m in maps]
        return keras.ops.cast(keras.ops.concatenate(flat, axis=1), "float32")

    def head(self, features, training=False):
        x = self.drop(self.norm(features, training=training), training=training)
        return self.outputs_(self.drop(self.hidden(x), training=training))

    def call(self, images, training=False):
        ways = [images, keras.ops.flip(images, 2)]
        return sum(self.head(self.features(way), training) for way in ways) / 2


def your_classifier(base, train, valid, num_classes):
    model = BothWays(base, num_classes)
    images, labels = map(np.concatenate, zip(*[train[i] for i in range(len(train))]))
    features = np.concatenate([np.asarray(model.features(x)) for x in np.array_split(images, 20)])
    dataset = tf.data.Dataset.from_tensor_slices((features, labels))
    dataset = dataset.shuffle(len(features), seed=0).batch(64).prefetch(2)
    model.head(features[:2])
    weights = [w.value for w in model.trainable_variables]
    optimizer = keras.optimizers.Adam(1.5e-3)
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            p = model.head(x, training=True)
            loss = tf.reduce_mean(keras.losses.categorical_crossentropy(y, p))
        gradients = tape.gradient(loss, weights)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))

    for _ in range(4):
        for x, y in dataset:
            step(x, y)
    return model
