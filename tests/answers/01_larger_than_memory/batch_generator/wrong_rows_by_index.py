"""Looks rows up by index, not by position.

points: 8
hint: take rows by position, with df.iloc
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            numbers = range(start, min(start + batch_size, len(df)))
            paths = [os.path.join(path_tiles, df["tile_name"][i]) for i in numbers]
            images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
            y = np.eye(num_classes, dtype="float32")[[df["y"][i] for i in numbers]]
            yield np.stack(images).astype("float32") / 255, y
