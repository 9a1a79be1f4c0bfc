"""Returns the first batch: no generator at all.

points: 0
hint: a function that uses `yield`
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    rows = df.iloc[:batch_size]
    paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
    images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
    return np.stack(images).astype("float32") / 255, np.eye(num_classes, dtype="float32")[rows["y"]]
