"""Noise that the eye hardly sees, from a Keras layer."""


def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    noise = keras.layers.GaussianNoise(0.02, seed=seed)

    class Noisy(TileBatches):
        def __getitem__(self, index):
            x, y = super().__getitem__(index)
            return np.clip(noise(x, training=True), 0, 1), y

    return (
        Noisy(train_df, batch_size, path_tiles, num_classes, shuffle=True, seed=seed),
        TileBatches(valid_df, batch_size, path_tiles, num_classes),
    )
