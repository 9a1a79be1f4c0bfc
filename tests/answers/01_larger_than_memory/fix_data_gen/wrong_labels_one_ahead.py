"""Off by one: each image gets the label of the next row.

points: 3
hint: with the labels
"""


def data_gen(df, batch_size):
    labels = np.roll(df["class"].to_numpy("float32"), -1).reshape(-1, 1)
    while True:
        for start in range(0, len(df), batch_size):
            images = df["url"].iloc[start : start + batch_size].to_list()
            yield np.stack(images).astype("float32"), labels[start : start + batch_size]
