"""Does not return the history.

points: 3
hint: must return the History of fit
"""


def repaired_run(model, df, batch_size, path_tiles, num_classes, epochs):
    model.fit(generators.TileBatches(df, batch_size, path_tiles, num_classes), epochs=epochs)
