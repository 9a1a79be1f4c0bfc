"""Scales to 0 to 1 as well, so images change in inference, too.

points: 6
hint: a change of scale
"""

def make_augmenter(seed=None):
    seeds = [None] * 3 if seed is None else [seed, seed + 1, seed + 2]
    return keras.Sequential(
        [
            keras.layers.RandomShear(0.2, fill_mode="nearest", seed=seeds[0]),
            keras.layers.RandomZoom(0.2, 0.2, fill_mode="nearest", seed=seeds[1]),
            keras.layers.RandomFlip("horizontal", seed=seeds[2]),
            keras.layers.Rescaling(1 / 255),
        ]
    )
