"""Takes 0.2 for degrees, as ImageDataGenerator does.

points: 6
hint: slope of about 0.2
hint: 0.2 degrees?
"""

def make_augmenter(seed=None):
    seeds = [None] * 3 if seed is None else [seed, seed + 1, seed + 2]
    return keras.Sequential(
        [
            keras.layers.RandomShear(np.tan(np.deg2rad(0.2)), fill_mode="nearest", seed=seeds[0]),
            keras.layers.RandomZoom(0.2, 0.2, fill_mode="nearest", seed=seeds[1]),
            keras.layers.RandomFlip("horizontal", seed=seeds[2]),
        ]
    )
