"""tf.data from a PyDataset's batches, warped by numpy_function."""

def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    plain = TileBatches(train_df, batch_size, path_tiles, num_classes, shuffle=True, seed=seed)
    rng = np.random.default_rng(seed)

    def batches():
        for i in range(len(plain)):
            yield plain[i]
        plain.on_epoch_end()

    shape = plain[0][0].shape[1:]
    signature = (
        tf.TensorSpec((None, *shape), tf.float32),
        tf.TensorSpec((None, num_classes), tf.float32),
    )
    train = tf.data.Dataset.from_generator(batches, output_signature=signature).map(
        lambda x, y: (tf.numpy_function(lambda x: augment_batch(x, rng), [x], tf.float32), y)
    )
    return train, TileBatches(valid_df, batch_size, path_tiles, num_classes)
