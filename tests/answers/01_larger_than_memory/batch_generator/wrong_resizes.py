"""Brings every image to 128 by 128, whatever its size.

points: 7
hint: Images here have the shape
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
            images = [cv2.resize(cv2.imread(path), (128, 128))[..., ::-1] for path in paths]
            y = np.eye(num_classes, dtype="float32")[rows["y"]]
            yield np.stack(images).astype("float32") / 255, y
