"""Sets workers and queue on the dataset afterwards; evaluates and predicts from generators."""


def train(model, train_df, valid_df, path_tiles, num_classes, class_weight):
    train_batches = generators.TileBatches(train_df, 32, path_tiles, num_classes)
    train_batches.workers = 2
    train_batches.max_queue_size = 4
    return model.fit(
        x=train_batches,
        validation_data=generators.TileBatches(valid_df, 32, path_tiles, num_classes),
        epochs=2,
        class_weight=class_weight,
        verbose=2,
    )


def evaluate(model, df, path_tiles, num_classes):
    batches = generators.batch_generator(df, 32, path_tiles, num_classes)
    steps = generators.steps_per_epoch(len(df), 32)
    values = model.evaluate(batches, steps=steps, verbose=0)
    return {"loss": values[0], "accuracy": values[1]}


def predict(model, df, path_tiles, num_classes):
    batches = generators.batch_generator(df, 32, path_tiles, num_classes)
    return model.predict(batches, steps=generators.steps_per_epoch(len(df), 32), verbose=0)
