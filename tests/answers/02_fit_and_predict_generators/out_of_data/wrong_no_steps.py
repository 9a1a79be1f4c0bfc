"""Makes the generator endless and leaves the steps out, so that the first epoch never ends.

points: 0
hint: An endless generator needs steps_per_epoch
"""


def repaired_run(model, df, batch_size, path_tiles, num_classes, epochs):
    batches = generators.batch_generator(df, batch_size, path_tiles, num_classes)
    return model.fit(batches, epochs=epochs, shuffle=False, verbose=0)
