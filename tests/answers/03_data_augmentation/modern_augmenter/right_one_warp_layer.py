"""A layer of one's own that composes all three into one warp."""

class Warp(keras.layers.Layer):
    def __init__(self, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.seed = keras.random.SeedGenerator(seed)

    def call(self, images, training=False):
        if not training:
            return images
        n, h, w = keras.ops.shape(images)[:3]

        def uniform(low, high):
            return keras.random.uniform((n,), low, high, seed=self.seed)

        sign = keras.ops.where(uniform(0, 1) < 0.5, -1.0, 1.0)
        across, down = uniform(0.8, 1.2) * sign, uniform(0.8, 1.2)
        slant = uniform(-0.2, 0.2) * down
        cx, cy, zero = (w - 1) / 2, (h - 1) / 2, 0 * down
        left = cx - across * cx - slant * cy
        rows = [across, slant, left, zero, down, cy - down * cy, zero, zero]
        matrices = keras.ops.stack(rows, axis=1)
        return keras.ops.image.affine_transform(images, matrices, fill_mode="nearest")


def make_augmenter(seed=None):
    return keras.Sequential([Warp(seed)])
