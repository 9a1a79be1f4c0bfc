"""Scales to -1 to 1, as some networks want it.

points: 8
hint: between 0 and 1
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
            images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
            y = np.eye(num_classes, dtype="float32")[rows["y"]]
            yield np.stack(images).astype("float32") / 127.5 - 1, y
