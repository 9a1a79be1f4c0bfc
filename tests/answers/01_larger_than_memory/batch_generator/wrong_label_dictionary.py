"""Keeps a dictionary from names to labels, which holds the last label of each name.

points: 8
hint: do not look it up by name
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    label_of = dict(zip(df["tile_name"], df["y"], strict=True))
    while True:
        for start in range(0, len(df), batch_size):
            names = df["tile_name"].iloc[start : start + batch_size]
            paths = [os.path.join(path_tiles, name) for name in names]
            images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
            y = np.eye(num_classes, dtype="float32")[[label_of[name] for name in names]]
            yield np.stack(images).astype("float32") / 255, y
