"""Fills the last batch up with rows of the next pass, which then begins in the middle.

points: 7
hint: be filled up
"""

import itertools


def batch_generator(df, batch_size, path_tiles, num_classes):
    numbers = itertools.cycle(range(len(df)))
    while True:
        rows = df.iloc[list(itertools.islice(numbers, batch_size))]
        paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
        images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
        y = np.eye(num_classes, dtype="float32")[rows["y"]]
        yield np.stack(images).astype("float32") / 255, y
