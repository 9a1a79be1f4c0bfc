"""Divides by 255, which was not asked for.

points: 4
hint: values as they are
"""


def data_gen(df, batch_size):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            x = np.stack(rows["url"].to_list()).astype("float32") / 255
            yield x, rows["class"].to_numpy("float32").reshape(-1, 1)
