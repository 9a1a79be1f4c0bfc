"""Draws the rows of each batch at random, so some come twice and some never.

points: 3
hint: in order
hint: the same must come again
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    rng = np.random.default_rng(0)
    while True:
        rows = df.iloc[rng.integers(len(df), size=batch_size)]
        paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
        images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
        y = np.eye(num_classes, dtype="float32")[rows["y"]]
        yield np.stack(images).astype("float32") / 255, y
