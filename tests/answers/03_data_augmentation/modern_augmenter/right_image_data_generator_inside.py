"""ImageDataGenerator itself, in a layer."""

class Legacy(keras.layers.Layer):
    def __init__(self, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.rng = np.random.default_rng(seed)
        degrees = np.rad2deg(np.arctan(0.2))
        self.generator = ImageDataGenerator(
            shear_range=degrees, zoom_range=0.2, horizontal_flip=True
        )

    def change(self, images):
        results = np.empty_like(images)
        for i, image in enumerate(images):
            seed = int(self.rng.integers(2**31))
            results[i] = self.generator.random_transform(image, seed=seed)
        return results

    def call(self, images, training=False):
        if not training:
            return images
        changed = tf.numpy_function(self.change, [images], tf.float32)
        return tf.ensure_shape(changed, images.shape)


def make_augmenter(seed=None):
    return keras.Sequential([Legacy(seed)])
