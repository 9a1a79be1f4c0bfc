"""Labels of shape (b,).

points: 4
hint: y must have the shape (4, 1)
"""


def data_gen(df, batch_size):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            x = np.stack(rows["url"].to_list()).astype("float32")
            yield x, rows["class"].to_numpy("float32")
