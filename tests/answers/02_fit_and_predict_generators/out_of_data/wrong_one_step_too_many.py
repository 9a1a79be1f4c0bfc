"""Adds one to the floor, which is too much where no row is left over.

points: 3
hint: must be shown 72 images
"""


def repaired_run(model, df, batch_size, path_tiles, num_classes, epochs):
    batches = generators.batch_generator(df, batch_size, path_tiles, num_classes)
    steps = len(df) // batch_size + 1
    return model.fit(batches, steps_per_epoch=steps, epochs=epochs, verbose=0)
