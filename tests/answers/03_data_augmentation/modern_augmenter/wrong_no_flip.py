"""Leaves the flip out.

points: 6
hint: about 50%
hint: Received: 0%
"""

def make_augmenter(seed=None):
    seeds = [None] * 3 if seed is None else [seed, seed + 1, seed + 2]
    return keras.Sequential(
        [
            keras.layers.RandomShear(0.2, fill_mode="nearest", seed=seeds[0]),
            keras.layers.RandomZoom(0.2, 0.2, fill_mode="nearest", seed=seeds[1]),
        ]
    )
