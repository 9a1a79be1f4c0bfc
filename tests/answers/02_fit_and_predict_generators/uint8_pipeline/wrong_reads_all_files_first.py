"""Reads all files before it decodes any.

points: 7
hint: Read files inside the function
"""


def make_dataset(df, batch_size, path_tiles, num_classes):
    contents = [tf.io.read_file(str(path_tiles) + "/" + name) for name in df["tile_name"]]
    dataset = tf.data.Dataset.from_tensor_slices((contents, df["y"].to_numpy()))
    dataset = dataset.map(
        lambda content, label: (tf.io.decode_jpeg(content, 3), tf.one_hot(label, num_classes)),
        num_parallel_calls=tf.data.AUTOTUNE,
    )
    return dataset.batch(batch_size)
