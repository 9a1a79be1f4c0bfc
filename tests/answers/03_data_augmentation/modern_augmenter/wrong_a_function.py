"""Returns a function instead of a model.

points: 5
hint: must return a keras.Sequential
"""

def make_augmenter(seed=None):
    seeds = [None] * 3 if seed is None else [seed, seed + 1, seed + 2]
    shear = keras.layers.RandomShear(0.2, fill_mode="nearest", seed=seeds[0])
    zoom = keras.layers.RandomZoom(0.2, 0.2, fill_mode="nearest", seed=seeds[1])
    flip = keras.layers.RandomFlip("horizontal", seed=seeds[2])

    def augment(images, training=True):
        for layer in (shear, zoom, flip):
            images = layer(images, training=training)
        return images

    return augment
