"""Gives all batches of a pass to a pool, which reads them long before they are due.

points: 8
hint: they had been read long before
"""

from concurrent.futures import ThreadPoolExecutor


def batch_generator(df, batch_size, path_tiles, num_classes):
    def read(start):
        rows = df.iloc[start : start + batch_size]
        paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
        images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
        y = np.eye(num_classes, dtype="float32")[rows["y"]]
        return np.stack(images).astype("float32") / 255, y

    with ThreadPoolExecutor(2) as pool:
        while True:
            yield from pool.map(read, range(0, len(df), batch_size))
