"""Leaves NumPy's float64, twice the memory.

points: 4
hint: must be float32
"""


def data_gen(df, batch_size):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            x = np.stack(rows["url"].to_list()).astype(float)
            yield x, rows["class"].to_numpy(float).reshape(-1, 1)
