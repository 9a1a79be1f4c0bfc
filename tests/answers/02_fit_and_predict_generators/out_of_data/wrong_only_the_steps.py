"""Rounds the steps up, but the generator still ends after one pass.

points: 1
hint: Epoch 2 must train on each row once
hint: such an epoch was shown nothing
"""


def repaired_run(model, df, batch_size, path_tiles, num_classes, epochs):
    def batches():
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            yield generators.read_batch(rows, path_tiles, num_classes)

    steps = generators.steps_per_epoch(len(df), batch_size)
    return model.fit(batches(), steps_per_epoch=steps, epochs=epochs, shuffle=False, verbose=0)
