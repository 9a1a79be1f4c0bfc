"""Quarter turns in tf.data: of a tile from above, no side is up."""


def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    def read(name, y):
        image = tf.io.decode_jpeg(tf.io.read_file(str(path_tiles) + "/" + name), channels=3)
        return tf.image.convert_image_dtype(image, tf.float32), tf.one_hot(y, num_classes)

    def turn(image, y):
        return tf.image.rot90(image, tf.random.uniform((), 0, 4, tf.int32)), y

    def dataset(df):
        rows = df["tile_name"].to_numpy(str), df["y"].to_numpy()
        return tf.data.Dataset.from_tensor_slices(rows)

    train = dataset(train_df).shuffle(len(train_df), seed=seed).map(read).map(turn)
    return train.batch(batch_size), dataset(valid_df).map(read).batch(batch_size)
