"""Makes room for images of 128 by 128 only.

points: 0
hint: broadcast
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            x = np.zeros((len(rows), 128, 128, 3), "float32")
            for i, name in enumerate(rows["tile_name"]):
                x[i] = cv2.imread(os.path.join(path_tiles, name))[..., ::-1] / 255
            yield x, np.eye(num_classes, dtype="float32")[rows["y"]]
