"""A list of layers, the flip first, seeds counted up."""

def make_augmenter(seed=None):
    seeds = [None] * 3 if seed is None else [seed + i for i in range(3)]
    flip = keras.layers.RandomFlip("horizontal", seed=seeds[0])
    zoom = keras.layers.RandomZoom(0.2, 0.2, fill_mode="nearest", seed=seeds[1])
    shear = keras.layers.RandomShear(0.2, fill_mode="nearest", seed=seeds[2])
    return keras.Sequential([flip, zoom, shear])
