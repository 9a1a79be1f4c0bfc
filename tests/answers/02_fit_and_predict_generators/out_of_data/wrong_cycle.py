"""Repeats the batches with itertools.cycle, which keeps them all.

points: 3
hint: and keep none
"""

import itertools


def repaired_run(model, df, batch_size, path_tiles, num_classes, epochs):
    def batches():
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            yield generators.read_batch(rows, path_tiles, num_classes)

    steps = generators.steps_per_epoch(len(df), batch_size)
    repeated = (batch for batch in itertools.cycle(batches()))
    return model.fit(repeated, steps_per_epoch=steps, epochs=epochs, verbose=0)
