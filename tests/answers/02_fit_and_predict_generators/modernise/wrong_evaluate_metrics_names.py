"""Takes the names from model.metrics_names, which says compile_metrics.

points: 9
hint: evaluate must return a dict with
"""


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
    return dict(zip(model.metrics_names, model.evaluate(batches, verbose=0)))


def predict(model, df, path_tiles, num_classes):
    return model.predict(generators.TileBatches(df, 32, path_tiles, num_classes), verbose=0)
