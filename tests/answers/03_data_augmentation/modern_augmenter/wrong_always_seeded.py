"""Puts 42 where no seed was given.

points: 6
hint: Without a seed
"""

def make_augmenter(seed=None):
    seeds = [(seed or 42) + i for i in range(3)]
    return keras.Sequential(
        [
            keras.layers.RandomShear(0.2, fill_mode="nearest", seed=seeds[0]),
            keras.layers.RandomZoom(0.2, 0.2, fill_mode="nearest", seed=seeds[1]),
            keras.layers.RandomFlip("horizontal", seed=seeds[2]),
        ]
    )
