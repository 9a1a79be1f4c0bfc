"""Predicts batch by batch, evaluates through tf.data."""


def train(model, train_df, valid_df, path_tiles, num_classes, class_weight):
    return model.fit(
        generators.TileBatches(train_df, 32, path_tiles, num_classes, workers=2, max_queue_size=4),
        validation_data=generators.TileBatches(valid_df, 32, path_tiles, num_classes),
        epochs=2,
        class_weight=class_weight,
        verbose=0,
    )


def evaluate(model, df, path_tiles, num_classes):
    batches = generators.TileBatches(df, 32, path_tiles, num_classes)
    dataset = tf.data.Dataset.from_generator(
        lambda: (batches[i] for i in range(len(batches))),
        output_signature=tuple(
            tf.TensorSpec((None, *array.shape[1:]), array.dtype) for array in batches[0]
        ),
    )
    return model.evaluate(dataset, verbose=0, return_dict=True)


def predict(model, df, path_tiles, num_classes):
    batches = generators.TileBatches(df, 32, path_tiles, num_classes)
    return np.vstack([model.predict_on_batch(batches[i][0]) for i in range(len(batches))])
