"""Makes the arrays before the loop and fills them again and again.

points: 4
hint: Make them inside the loop
"""


def data_gen(df, batch_size):
    x_batch = np.zeros((batch_size, *df["url"].iloc[0].shape), "float32")
    y_batch = np.zeros((batch_size, 1), "float32")
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            for b, (image, label) in enumerate(zip(rows["url"], rows["class"], strict=True)):
                x_batch[b], y_batch[b] = image, label
            yield x_batch[: len(rows)], y_batch[: len(rows)]
