"""Layers added one by one, ranges written out as pairs."""

from keras import layers


def make_augmenter(seed=None):
    model = keras.Sequential(name="augmenter")
    model.add(layers.RandomShear(x_factor=0.2, y_factor=0.0, fill_mode="nearest", seed=seed))
    model.add(
        layers.RandomZoom(
            height_factor=(-0.2, 0.2),
            width_factor=(-0.2, 0.2),
            fill_mode="nearest",
            seed=None if seed is None else seed + 100,
        )
    )
    model.add(layers.RandomFlip(mode="horizontal", seed=None if seed is None else seed + 200))
    return model
