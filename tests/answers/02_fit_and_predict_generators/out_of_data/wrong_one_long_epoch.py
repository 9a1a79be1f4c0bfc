"""Makes one epoch of all of them.

points: 3
hint: One call of fit with epochs=3 knows where an epoch ends
"""


def repaired_run(model, df, batch_size, path_tiles, num_classes, epochs):
    batches = generators.batch_generator(df, batch_size, path_tiles, num_classes)
    steps = generators.steps_per_epoch(len(df), batch_size) * epochs
    return model.fit(batches, steps_per_epoch=steps, shuffle=False, verbose=0)
