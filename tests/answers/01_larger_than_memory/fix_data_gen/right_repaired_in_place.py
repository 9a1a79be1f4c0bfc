"""The classic code, repaired line by line: arrays made inside the loop, as large as needed."""


def data_gen(df, batch_size):
    shape = df["url"].iloc[0].shape
    while True:
        for j in range(math.ceil(len(df) / batch_size)):
            count = min(batch_size, len(df) - j * batch_size)
            x_batch = np.zeros((count, *shape), dtype="float32")
            y_batch = np.zeros((count, 1), dtype="float32")
            for b in range(count):
                x_batch[b] = df["url"].iloc[j * batch_size + b]
                y_batch[b] = df["class"].iloc[j * batch_size + b]
            yield x_batch, y_batch
