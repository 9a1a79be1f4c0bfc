"""Seeds spawned by NumPy, an Input of any size, black corners."""

def make_augmenter(seed=None):
    seeds = [int(s) for s in np.random.SeedSequence(seed).generate_state(3) % 2**31]
    fill = {"fill_mode": "constant", "fill_value": 0.0}
    return keras.Sequential(
        [
            keras.Input((None, None, 3)),
            keras.layers.RandomZoom(0.2, 0.2, seed=seeds[0], **fill),
            keras.layers.RandomShear((0.0, 0.2), seed=seeds[1], **fill),
            keras.layers.RandomFlip("horizontal", seed=seeds[2]),
        ]
    )
