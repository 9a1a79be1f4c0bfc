"""A class of its own options; names are put to the values by hand; predicts batch by batch."""


class TwoWorkers(generators.TileBatches):
    def __init__(self, df, path_tiles, num_classes):
        super().__init__(df, 32, path_tiles, num_classes, workers=2, max_queue_size=4)


def train(model, train_df, valid_df, path_tiles, num_classes, class_weight):
    batches, valid_batches = (TwoWorkers(df, path_tiles, num_classes) for df in (train_df, valid_df))
    return model.fit(
        batches, epochs=2, validation_data=valid_batches, class_weight=class_weight, verbose=0
    )


def evaluate(model, df, path_tiles, num_classes):
    batches = generators.TileBatches(df, 32, path_tiles, num_classes)
    return dict(zip(["loss", "accuracy"], map(float, model.evaluate(batches, verbose=0))))


def predict(model, df, path_tiles, num_classes):
    batches = generators.TileBatches(df, 32, path_tiles, num_classes)
    predictions = np.empty((len(df), num_classes), "float32")
    for i in range(len(batches)):
        x, _ = batches[i]
        predictions[32 * i : 32 * i + len(x)] = model.predict(x, verbose=0)
    return predictions
