"""Makes new images, but fills one array of labels again and again.

points: 8
hint: make new arrays for every batch
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    y = np.zeros((batch_size, num_classes), "float32")
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
            images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
            y[: len(rows)] = np.eye(num_classes)[rows["y"]]
            yield np.stack(images).astype("float32") / 255, y[: len(rows)]
