"""Fills the last batch up with black images of class 0.

points: 4
hint: Batch 3 must hold 3 rows
"""


def data_gen(df, batch_size):
    shape = df["url"].iloc[0].shape
    while True:
        for start in range(0, len(df), batch_size):
            x = np.zeros((batch_size, *shape), "float32")
            y = np.zeros((batch_size, 1), "float32")
            for b in range(min(batch_size, len(df) - start)):
                x[b] = df["url"].iloc[start + b]
                y[b] = df["class"].iloc[start + b]
            yield x, y
