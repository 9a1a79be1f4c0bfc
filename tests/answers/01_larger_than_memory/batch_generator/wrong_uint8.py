"""Leaves the pixels as the file holds them: uint8, 0 to 255.

points: 7
hint: x must be float32. Received: uint8
hint: divide by 255
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
            images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
            yield np.stack(images), np.eye(num_classes, dtype="float32")[rows["y"]]
