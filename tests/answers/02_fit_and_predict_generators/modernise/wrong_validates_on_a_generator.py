"""Validates on an endless generator: from epoch 2 on, Keras begins with two batches that it kept.

points: 9
hint: In epoch 2 the model must see each of the 70 rows of valid_df
"""


def train(model, train_df, valid_df, path_tiles, num_classes, class_weight):
    return model.fit(
        generators.TileBatches(train_df, 32, path_tiles, num_classes, workers=2, max_queue_size=4),
        validation_data=generators.batch_generator(valid_df, 32, path_tiles, num_classes),
        validation_steps=generators.steps_per_epoch(len(valid_df), 32),
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
