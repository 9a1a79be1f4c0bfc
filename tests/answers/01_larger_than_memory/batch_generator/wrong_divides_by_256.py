"""Divides by 256, the number of values, in place of 255, the largest.

points: 8
hint: not 256: divide by 255
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
            images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
            y = np.eye(num_classes, dtype="float32")[rows["y"]]
            yield np.stack(images).astype("float32") / 256, y
