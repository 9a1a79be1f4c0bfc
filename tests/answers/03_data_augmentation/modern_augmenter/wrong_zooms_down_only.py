"""Zooms down only: a width factor of 0 is not None.

points: 6
hint: must be seen across
"""

def make_augmenter(seed=None):
    seeds = [None] * 3 if seed is None else [seed, seed + 1, seed + 2]
    return keras.Sequential(
        [
            keras.layers.RandomShear(0.2, fill_mode="nearest", seed=seeds[0]),
            keras.layers.RandomZoom(0.2, 0.0, fill_mode="nearest", seed=seeds[1]),
            keras.layers.RandomFlip("horizontal", seed=seeds[2]),
        ]
    )
