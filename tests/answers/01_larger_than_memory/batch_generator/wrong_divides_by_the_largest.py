"""Divides a batch by its largest value, so that dark images come out bright.

points: 8
hint: not by its largest value
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
            x = np.stack([cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths])
            yield x.astype("float32") / x.max(), np.eye(num_classes, dtype="float32")[rows["y"]]
