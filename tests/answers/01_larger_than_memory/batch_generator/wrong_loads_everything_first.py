"""Reads all images before the first batch.

points: 8
hint: they had been read long before
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    paths = [os.path.join(path_tiles, name) for name in df["tile_name"]]
    x = np.stack([cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths])
    y = np.eye(num_classes, dtype="float32")[df["y"]]
    while True:
        for start in range(0, len(df), batch_size):
            stop = start + batch_size
            yield x[start:stop].astype("float32") / 255, y[start:stop].copy()
