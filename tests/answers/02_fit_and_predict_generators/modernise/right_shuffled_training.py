"""Shuffles for training, as one should, and gives the steps in full; prints progress."""

BATCH_SIZE = 32


def batches_of(df, path_tiles, num_classes, **kwargs):
    return generators.TileBatches(df, BATCH_SIZE, path_tiles, num_classes, **kwargs)


def train(model, train_df, valid_df, path_tiles, num_classes, class_weight):
    options = dict(workers=2, max_queue_size=4)
    train_batches = batches_of(train_df, path_tiles, num_classes, shuffle=True, seed=7, **options)
    valid_batches = batches_of(valid_df, path_tiles, num_classes, **options)
    return model.fit(
        train_batches,
        steps_per_epoch=len(train_batches),
        validation_data=valid_batches,
        validation_steps=len(valid_batches),
        epochs=2,
        class_weight=class_weight,
    ).history


def evaluate(model, df, path_tiles, num_classes):
    batches = batches_of(df, path_tiles, num_classes)
    return model.evaluate(batches, steps=len(batches), return_dict=True)


def predict(model, df, path_tiles, num_classes):
    batches = batches_of(df, path_tiles, num_classes, workers=2)
    return model.predict(batches, steps=len(batches))
