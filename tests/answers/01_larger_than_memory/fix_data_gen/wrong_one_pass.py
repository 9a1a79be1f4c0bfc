"""Ends after one pass.

points: 4
hint: while True
"""


def data_gen(df, batch_size):
    for start in range(0, len(df), batch_size):
        rows = df.iloc[start : start + batch_size]
        x = np.stack(rows["url"].to_list()).astype("float32")
        yield x, rows["class"].to_numpy("float32").reshape(-1, 1)
