"""Reads all images into memory first.

points: 3
hint: Read images when their batch is due
"""


def repaired_run(model, df, batch_size, path_tiles, num_classes, epochs):
    x, y = generators.read_batch(df, path_tiles, num_classes)
    return model.fit(x, y, batch_size=batch_size, epochs=epochs, verbose=0)
