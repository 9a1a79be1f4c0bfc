"""Leaves the channels as OpenCV gives them.

points: 8
hint: Red and blue are swapped
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            images = [cv2.imread(os.path.join(path_tiles, name)) for name in rows["tile_name"]]
            y = np.eye(num_classes, dtype="float32")[rows["y"]]
            yield np.stack(images).astype("float32") / 255, y
