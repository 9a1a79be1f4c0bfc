"""The images of a batch are read by threads, a batch at a time."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def batch_generator(df, batch_size, path_tiles, num_classes):
    def read(name):
        image = cv2.imread(str(Path(path_tiles) / name))
        return cv2.cvtColor(image, cv2.COLOR_BGR2RGB).astype("float32") / 255

    with ThreadPoolExecutor(max_workers=4) as pool:
        while True:
            for i in range(math.ceil(len(df) / batch_size)):
                rows = df.iloc[i * batch_size : (i + 1) * batch_size]
                x = np.stack(list(pool.map(read, rows["tile_name"])))
                yield x, np.eye(num_classes, dtype="float32")[rows["y"].to_numpy()]
