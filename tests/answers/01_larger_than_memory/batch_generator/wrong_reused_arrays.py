"""Makes the arrays before the loop and fills them again and again.

points: 8
hint: make new arrays for every batch
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    height, width = cv2.imread(os.path.join(path_tiles, df["tile_name"].iloc[0])).shape[:2]
    x = np.zeros((batch_size, height, width, 3), "float32")
    y = np.zeros((batch_size, num_classes), "float32")
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            y[:] = 0
            for i, row in enumerate(rows.itertuples()):
                x[i] = cv2.imread(os.path.join(path_tiles, row.tile_name))[..., ::-1] / 255
                y[i, row.y] = 1
            yield x[: len(rows)], y[: len(rows)]
