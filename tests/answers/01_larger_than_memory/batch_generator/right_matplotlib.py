"""matplotlib reads; rows are taken with itertuples and handed out when a batch is full."""

import matplotlib.pyplot as plt


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        x, y = [], []
        for row in df.itertuples():
            x.append(plt.imread(os.path.join(path_tiles, row.tile_name)))
            y.append(row.y)
            if len(x) == batch_size:
                yield pack(x, y, num_classes)
                x, y = [], []
        if x:
            yield pack(x, y, num_classes)


def pack(x, y, num_classes):
    return np.array(x, dtype="float32") / 255, np.eye(num_classes, dtype="float32")[y]
