"""Looks each label up by the name of the image, which may stand in several rows.

points: 8
hint: do not look it up by name
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            names = df["tile_name"].iloc[start : start + batch_size]
            labels = [df[df["tile_name"] == name]["y"].iloc[0] for name in names]
            paths = [os.path.join(path_tiles, name) for name in names]
            images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
            y = np.eye(num_classes, dtype="float32")[labels]
            yield np.stack(images).astype("float32") / 255, y
