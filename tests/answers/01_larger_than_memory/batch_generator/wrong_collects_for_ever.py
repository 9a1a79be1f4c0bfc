"""Collects the batches in a list instead of yielding them, and never comes back.

points: 0
hint: Is there a `yield` in it
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    batches = []
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
            images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
            y = np.eye(num_classes, dtype="float32")[rows["y"]]
            batches.append((np.stack(images).astype("float32") / 255, y))
    return batches
