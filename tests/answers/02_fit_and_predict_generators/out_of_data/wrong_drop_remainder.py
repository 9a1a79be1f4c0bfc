"""A tf.data pipeline whose batches all have one size.

points: 3
hint: Epoch 1 must train on each row once
"""


def repaired_run(model, df, batch_size, path_tiles, num_classes, epochs):
    def read(name, label):
        image = tf.io.decode_jpeg(tf.io.read_file(str(path_tiles) + "/" + name), channels=3)
        return tf.cast(image, tf.float32) / 255, tf.one_hot(label, num_classes)

    dataset = tf.data.Dataset.from_tensor_slices((df["tile_name"].to_list(), df["y"].to_numpy()))
    dataset = dataset.map(read).batch(batch_size, drop_remainder=True)
    return model.fit(dataset, epochs=epochs, verbose=0)
