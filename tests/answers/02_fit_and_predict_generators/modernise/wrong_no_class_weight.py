"""Drops the class weights.

points: 9
hint: samples of classes
"""


def train(model, train_df, valid_df, path_tiles, num_classes, class_weight):
    return model.fit(
        generators.TileBatches(train_df, 32, path_tiles, num_classes, workers=2, max_queue_size=4),
        validation_data=generators.TileBatches(valid_df, 32, path_tiles, num_classes),
        epochs=2,
        verbose=0,
    )


def evaluate(model, df, path_tiles, num_classes):
    batches = generators.TileBatches(df, 32, path_tiles, num_classes)
    return model.evaluate(batches, return_dict=True, verbose=0)


def predict(model, df, path_tiles, num_classes):
    batches = generators.TileBatches(df, 32, path_tiles, num_classes)
    return model.predict(batches, verbose=0)
