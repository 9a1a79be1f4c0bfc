"""Leaves the number of classes to to_categorical, so it depends on the batch.

points: 8
hint: one-hot over all num_classes
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
            images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
            y = keras.utils.to_categorical(rows["y"]).astype("float32")
            yield np.stack(images).astype("float32") / 255, y
