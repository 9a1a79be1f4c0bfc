"""Asks OpenCV for RGB and then swaps the channels all the same.

points: 8
hint: Red and blue are swapped
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
            images = [cv2.imread(path, cv2.IMREAD_COLOR_RGB)[..., ::-1] for path in paths]
            y = np.eye(num_classes, dtype="float32")[rows["y"]]
            yield np.stack(images).astype("float32") / 255, y
