"""Uses the fit_generator written above, on the course's generator."""


def repaired_run(model, df, batch_size, path_tiles, num_classes, epochs):
    batches = generators.batch_generator(df, batch_size, path_tiles, num_classes)
    steps = generators.steps_per_epoch(len(df), batch_size)
    return fit_generator(model, batches, steps, epochs=epochs)
