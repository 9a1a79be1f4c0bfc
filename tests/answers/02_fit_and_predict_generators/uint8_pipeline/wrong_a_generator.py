"""Gives a generator.

points: 0
hint: must return a tf.data.Dataset
"""


def make_dataset(df, batch_size, path_tiles, num_classes):
    for start in range(0, len(df), batch_size):
        rows = df.iloc[start : start + batch_size]
        yield generators.read_batch(rows, path_tiles, num_classes, dtype="uint8")
