"""Off by one: where the batch size divides the rows, an empty batch follows.

points: 8
hint: with batch_size 5: the first batches must hold [5, 5] images
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    image = cv2.imread(os.path.join(path_tiles, df["tile_name"].iloc[0]))
    while True:
        for i in range(len(df) // batch_size + 1):
            rows = df.iloc[i * batch_size : (i + 1) * batch_size]
            x = np.zeros((len(rows), *image.shape), "float32")
            for place, name in enumerate(rows["tile_name"]):
                x[place] = cv2.imread(os.path.join(path_tiles, name))[..., ::-1] / 255
            yield x, np.eye(num_classes, dtype="float32")[rows["y"]]
