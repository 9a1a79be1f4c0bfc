"""Slow but right: every row of pixels is copied in Python."""


def data_gen(df, batch_size):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            height, width, _ = rows["url"].iloc[0].shape
            x = np.empty((len(rows), height, width, 3), "float32")
            for b, image in enumerate(rows["url"]):
                for i in range(height):
                    for j in range(width):
                        x[b, i, j] = image[i, j]
            yield x, rows[["class"]].to_numpy("float32")
