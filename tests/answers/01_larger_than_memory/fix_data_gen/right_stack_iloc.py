"""Rows by position, stacked."""


def data_gen(df, batch_size):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            x = np.stack(rows["url"].to_list()).astype("float32")
            y = rows["class"].to_numpy("float32").reshape(-1, 1)
            yield x, y
