"""Leaves the images uint8.

points: 4
hint: must be float32
"""


def data_gen(df, batch_size):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            y = rows["class"].to_numpy("float32").reshape(-1, 1)
            yield np.stack(rows["url"].to_list()), y
