"""The same seed for every layer: repeatable, if not independent."""

def make_augmenter(seed=None):
    return keras.Sequential(
        [
            keras.layers.RandomShear(0.2, fill_mode="nearest", seed=seed),
            keras.layers.RandomZoom(0.2, 0.2, fill_mode="nearest", seed=seed),
            keras.layers.RandomFlip("horizontal", seed=seed),
        ]
    )
