"""Gets rid of the warning by training for one epoch.

points: 1
hint: 3 epochs must leave 3 losses
"""


def repaired_run(model, df, batch_size, path_tiles, num_classes, epochs):
    batches = generators.TileBatches(df, batch_size, path_tiles, num_classes)
    return model.fit(batches, epochs=1, verbose=0)
