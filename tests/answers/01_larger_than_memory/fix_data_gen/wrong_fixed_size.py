"""Keeps the size of the images fixed at 224.

points: 4
hint: in the size of the images
"""


def data_gen(df, batch_size):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            x = np.zeros((len(rows), 224, 224, 3), "float32")
            for b, image in enumerate(rows["url"]):
                x[b] = image
            yield x, rows["class"].to_numpy("float32").reshape(-1, 1)
