"""Puts the paths into the caller's table.

points: 8
hint: The table was changed
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    df["path"] = [os.path.join(path_tiles, name) for name in df["tile_name"]]
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in rows["path"]]
            y = np.eye(num_classes, dtype="float32")[rows["y"]]
            yield np.stack(images).astype("float32") / 255, y
