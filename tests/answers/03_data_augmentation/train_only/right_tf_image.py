"""tf.image on single images, uint8 from 0 to 255."""

def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    def read(name, y):
        path = tf.strings.join([str(path_tiles), "/", name])
        return tf.io.decode_jpeg(tf.io.read_file(path), channels=3), tf.one_hot(y, num_classes)

    def augment(image, y):
        image = tf.image.random_flip_left_right(image)
        return tf.image.random_brightness(image, 0.2), y

    datasets = []
    for df, training in ((train_df, True), (valid_df, False)):
        names = df["tile_name"].to_numpy(str)
        ds = tf.data.Dataset.from_tensor_slices((names, df["y"].to_numpy()))
        ds = ds.map(read)
        ds = ds.map(augment) if training else ds
        datasets.append(ds.batch(batch_size))
    return tuple(datasets)
