"""Keeps the last 64 images in a bounded cache, which is still out of core."""

from functools import lru_cache


def batch_generator(df, batch_size, path_tiles, num_classes):
    @lru_cache(maxsize=64)
    def read(name):
        return cv2.imread(os.path.join(path_tiles, name), cv2.IMREAD_COLOR_RGB) / np.float32(255)

    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            x = np.stack([read(name) for name in rows["tile_name"]])
            yield x, np.eye(num_classes, dtype="float32")[rows["y"]]
