"""Forces the layers on, so that predictions are random.

points: 6
hint: nothing may force them on
"""

class Always(keras.layers.Layer):
    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def call(self, images, training=False):
        return self.layer(images, training=True)


def make_augmenter(seed=None):
    seeds = [None] * 3 if seed is None else [seed, seed + 1, seed + 2]
    return keras.Sequential(
        [
            Always(keras.layers.RandomShear(0.2, fill_mode="nearest", seed=seeds[0])),
            Always(keras.layers.RandomZoom(0.2, 0.2, fill_mode="nearest", seed=seeds[1])),
            Always(keras.layers.RandomFlip("horizontal", seed=seeds[2])),
        ]
    )
