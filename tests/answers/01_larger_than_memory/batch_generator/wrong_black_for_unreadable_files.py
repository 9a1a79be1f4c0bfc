"""Catches every error and leaves the image black.

points: 8
hint: made up
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    image = cv2.imread(os.path.join(path_tiles, df["tile_name"].iloc[0]))
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            x = np.zeros((len(rows), *image.shape), "float32")
            for i, name in enumerate(rows["tile_name"]):
                try:
                    x[i] = cv2.imread(os.path.join(path_tiles, name))[..., ::-1] / 255
                except Exception:
                    pass
            yield x, np.eye(num_classes, dtype="float32")[rows["y"]]
