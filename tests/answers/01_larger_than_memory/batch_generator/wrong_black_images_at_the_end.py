"""Leaves the places that the last batch does not need black.

points: 7
hint: be filled up
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    height, width = cv2.imread(os.path.join(path_tiles, df["tile_name"].iloc[0])).shape[:2]
    while True:
        for start in range(0, len(df), batch_size):
            x = np.zeros((batch_size, height, width, 3), "float32")
            y = np.zeros((batch_size, num_classes), "float32")
            for i, row in enumerate(df.iloc[start : start + batch_size].itertuples()):
                x[i] = cv2.imread(os.path.join(path_tiles, row.tile_name))[..., ::-1] / 255
                y[i, row.y] = 1
            yield x, y
