"""Fills the last batch up by repeating its last row.

points: 7
hint: be filled up
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            numbers = np.minimum(np.arange(start, start + batch_size), len(df) - 1)
            rows = df.iloc[numbers]
            paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
            images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
            y = np.eye(num_classes, dtype="float32")[rows["y"]]
            yield np.stack(images).astype("float32") / 255, y
