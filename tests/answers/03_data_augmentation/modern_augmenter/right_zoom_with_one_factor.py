"""RandomZoom with one factor, the default way to fill the corners."""

def make_augmenter(seed=None):
    return keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal", seed=seed),
            keras.layers.RandomShear(x_factor=0.2, seed=seed and seed + 1),
            keras.layers.RandomZoom(0.2, seed=seed and seed + 2),
        ]
    )
