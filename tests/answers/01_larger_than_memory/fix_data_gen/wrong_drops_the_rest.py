"""Counts full batches only, so the last rows are lost.

points: 4
hint: Batch 3 must hold 3 rows
"""


def data_gen(df, batch_size):
    while True:
        for j in range(len(df) // batch_size):
            rows = df.iloc[j * batch_size : (j + 1) * batch_size]
            x = np.stack(rows["url"].to_list()).astype("float32")
            yield x, rows["class"].to_numpy("float32").reshape(-1, 1)
