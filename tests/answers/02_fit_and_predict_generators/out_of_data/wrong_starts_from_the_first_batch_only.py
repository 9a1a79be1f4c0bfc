"""Makes a new generator for each batch, which starts at the first row each time.

points: 2
hint: Epoch 1 must train on each row once
"""


def repaired_run(model, df, batch_size, path_tiles, num_classes, epochs):
    def batches():
        while True:
            yield next(generators.batch_generator(df, batch_size, path_tiles, num_classes))

    steps = generators.steps_per_epoch(len(df), batch_size)
    return model.fit(batches(), steps_per_epoch=steps, epochs=epochs, verbose=0)
