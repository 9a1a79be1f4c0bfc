"""Yields a list of images and a list of labels.

points: 8
hint: x must be one array. Received: a list
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
            x = [np.float32(cv2.cvtColor(cv2.imread(p), cv2.COLOR_BGR2RGB)) / 255 for p in paths]
            yield x, list(np.eye(num_classes, dtype="float32")[rows["y"]])
