"""Adds brightness.

points: 6
hint: Colours must stay
"""

def make_augmenter(seed=None):
    seeds = [None] * 3 if seed is None else [seed, seed + 1, seed + 2]
    return keras.Sequential(
        [
            keras.layers.RandomShear(0.2, fill_mode="nearest", seed=seeds[0]),
            keras.layers.RandomZoom(0.2, 0.2, fill_mode="nearest", seed=seeds[1]),
            keras.layers.RandomFlip("horizontal", seed=seeds[2]),
            keras.layers.RandomBrightness(0.1, seed=seed),
        ]
    )
