"""Collects rows with itertuples until a batch is full or the table at its end."""


def data_gen(df, batch_size):
    def batch(images, labels):
        return np.array(images, np.float32), np.array(labels, np.float32).reshape(-1, 1)

    while True:
        images, labels = [], []
        for row in df.rename(columns={"class": "label"}).itertuples(index=False):
            images.append(row.url)
            labels.append(row.label)
            if len(images) == batch_size:
                yield batch(images, labels)
                images, labels = [], []
        if images:
            yield batch(images, labels)
