"""Converts the whole table once and hands out parts of it, which are views.

points: 4
hint: views into an array that is kept
"""


def data_gen(df, batch_size):
    images = np.stack(df["url"].to_list()).astype("float32")
    labels = df["class"].to_numpy("float32").reshape(-1, 1)
    while True:
        for start in range(0, len(df), batch_size):
            stop = start + batch_size
            yield images[start:stop], labels[start:stop]
