"""Makes the generator endless, but keeps the floor of the steps.

points: 3
hint: Missing
"""


def repaired_run(model, df, batch_size, path_tiles, num_classes, epochs):
    batches = generators.batch_generator(df, batch_size, path_tiles, num_classes)
    return model.fit(
        batches, steps_per_epoch=len(df) // batch_size, epochs=epochs, shuffle=False, verbose=0
    )
