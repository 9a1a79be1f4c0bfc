"""Caches after augmenting: every epoch repeats the first.

points: 4
hint: by cache()
"""

def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    def read(name, y):
        image = tf.io.decode_jpeg(tf.io.read_file(tf.strings.join([str(path_tiles), "/", name])), 3)
        return tf.cast(image, "float32") / 255, tf.one_hot(y, num_classes)

    def plain(df):
        return tf.data.Dataset.from_tensor_slices((df["tile_name"].tolist(), df["y"].tolist())).map(
            read, num_parallel_calls=tf.data.AUTOTUNE
        )

    augmenter = make_augmenter(seed)
    train = plain(train_df).shuffle(len(train_df), seed=seed).batch(batch_size)
    train = train.map(lambda x, y: (augmenter(x, training=True), y))
    return train.cache(), plain(valid_df).batch(batch_size)
