"""Does not use the seed.

points: 6
hint: gave different images
"""

def make_augmenter(seed=None):
    seeds = [None] * 3 if seed is None else [seed, seed + 1, seed + 2]
    return keras.Sequential(
        [
            keras.layers.RandomShear(0.2, fill_mode="nearest", seed=None),
            keras.layers.RandomZoom(0.2, 0.2, fill_mode="nearest", seed=None),
            keras.layers.RandomFlip("horizontal", seed=None),
        ]
    )
