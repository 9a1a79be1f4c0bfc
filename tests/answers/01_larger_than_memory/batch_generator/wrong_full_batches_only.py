"""Counts full batches, but catches the case of a table smaller than one.

points: 8
hint: be dropped
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for i in range(max(1, len(df) // batch_size)):
            rows = df.iloc[i * batch_size : (i + 1) * batch_size]
            paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
            images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
            y = np.eye(num_classes, dtype="float32")[rows["y"]]
            yield np.stack(images).astype("float32") / 255, y
