"""Hands on uint8, as the end of the lesson does, to a model that does not scale.

points: 3
hint: divide by 255
"""


def repaired_run(model, df, batch_size, path_tiles, num_classes, epochs):
    batches = generators.TileBatches(df, batch_size, path_tiles, num_classes, dtype="uint8")
    return model.fit(batches, epochs=epochs, verbose=0)
