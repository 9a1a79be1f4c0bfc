"""Fills the last batch up with the first rows.

points: 3
hint: more than once
"""


def repaired_run(model, df, batch_size, path_tiles, num_classes, epochs):
    steps = generators.steps_per_epoch(len(df), batch_size)

    def batches():
        while True:
            for step in range(steps):
                rows = df.iloc[np.arange(step * batch_size, (step + 1) * batch_size) % len(df)]
                yield generators.read_batch(rows, path_tiles, num_classes)

    return model.fit(batches(), steps_per_epoch=steps, epochs=epochs, verbose=0)
