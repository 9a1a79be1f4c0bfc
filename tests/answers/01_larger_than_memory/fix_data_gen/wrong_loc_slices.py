"""Cuts with df.loc, which counts by index.

points: 4
hint: take rows by position, with df.iloc
"""


def data_gen(df, batch_size):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.loc[start : start + batch_size - 1]
            x = np.stack(rows["url"].to_list()).astype("float32")
            yield x, rows["class"].to_numpy("float32").reshape(-1, 1)
