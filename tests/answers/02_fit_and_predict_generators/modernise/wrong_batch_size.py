"""Trains on batches of another size.

points: 9
hint: The old call had a batch size of 32
"""


def train(model, train_df, valid_df, path_tiles, num_classes, class_weight):
    return model.fit(
        generators.TileBatches(train_df, 16, path_tiles, num_classes, workers=2, max_queue_size=4),
        validation_data=generators.TileBatches(valid_df, 32, path_tiles, num_classes),
        epochs=2,
        class_weight=class_weight,
        verbose=0,
    )


def evaluate(model, df, path_tiles, num_classes):
    batches = generators.TileBatches(df, 32, path_tiles, num_classes)
    return model.evaluate(batches, verbose=0, return_dict=True)


def predict(model, df, path_tiles, num_classes):
    return model.predict(generators.TileBatches(df, 32, path_tiles, num_classes), verbose=0)
