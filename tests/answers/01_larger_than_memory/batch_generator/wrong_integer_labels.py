"""Yields class numbers, not one-hot rows.

points: 8
hint: one-hot
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
            images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
            yield np.stack(images).astype("float32") / 255, rows["y"].to_numpy("float32")
