"""A thread reads the next two batches while the last one is used."""

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle


def batch_generator(df, batch_size, path_tiles, num_classes):
    def read(start):
        rows = df.iloc[start : start + batch_size]
        x = [cv2.imread(os.path.join(path_tiles, n))[..., ::-1] for n in rows["tile_name"]]
        return np.array(x, "float32") / 255, np.eye(num_classes, dtype="float32")[rows["y"]]

    starts = cycle(range(0, len(df), batch_size))
    with ThreadPoolExecutor(1) as pool:
        ahead = deque(pool.submit(read, next(starts)) for _ in range(2))
        while True:
            ahead.append(pool.submit(read, next(starts)))
            yield ahead.popleft().result()
