"""Doubles the batch size where no gradients are needed, though it was to be kept.

points: 9
hint: for validation, batches of {64}
"""


def train(model, train_df, valid_df, path_tiles, num_classes, class_weight):
    options = {"workers": 2, "max_queue_size": 4}
    return model.fit(
        generators.TileBatches(train_df, 32, path_tiles, num_classes, **options),
        validation_data=generators.TileBatches(valid_df, 2 * 32, path_tiles, num_classes),
        epochs=2,
        class_weight=class_weight,
        verbose=0,
    )


def evaluate(model, df, path_tiles, num_classes):
    batches = generators.TileBatches(df, 32, path_tiles, num_classes)
    return model.evaluate(batches, verbose=0, return_dict=True)


def predict(model, df, path_tiles, num_classes):
    return model.predict(generators.TileBatches(df, 32, path_tiles, num_classes), verbose=0)
