"""Images and labels as two datasets, zipped; decode_image; labels one-hot before."""


def make_dataset(df, batch_size, path_tiles, num_classes):
    paths = tf.data.Dataset.from_tensor_slices([f"{path_tiles}/{n}" for n in df["tile_name"]])
    images = paths.map(tf.io.read_file, num_parallel_calls=2).map(
        lambda content: tf.io.decode_image(content, 3, expand_animations=False),
        num_parallel_calls=2,
    )
    labels = keras.utils.to_categorical(df["y"], num_classes).astype("float32")
    labels = tf.data.Dataset.from_tensor_slices(labels)
    return tf.data.Dataset.zip((images, labels)).batch(batch_size).prefetch(tf.data.AUTOTUNE)
