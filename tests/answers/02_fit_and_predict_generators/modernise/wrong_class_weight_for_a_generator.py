"""Gives class weights to a fit on a generator.

points: 5
hint: not supported for Python generator
"""


def train(model, train_df, valid_df, path_tiles, num_classes, class_weight):
    return model.fit(
        generators.batch_generator(train_df, 32, path_tiles, num_classes),
        steps_per_epoch=generators.steps_per_epoch(len(train_df), 32),
        validation_data=generators.TileBatches(valid_df, 32, path_tiles, num_classes),
        epochs=2,
        class_weight=class_weight,
        verbose=0,
    )


def evaluate(model, df, path_tiles, num_classes):
    batches = generators.TileBatches(df, 32, path_tiles, num_classes)
    return model.evaluate(batches, return_dict=True, verbose=0)


def predict(model, df, path_tiles, num_classes):
    batches = generators.TileBatches(df, 32, path_tiles, num_classes)
    return model.predict(batches, verbose=0)
