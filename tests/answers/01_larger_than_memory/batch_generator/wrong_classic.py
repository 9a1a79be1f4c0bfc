"""The classic code as it was.

points: 4
hint: divide by 255
hint: be dropped
hint: do not look it up by name
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df) - batch_size + 1, batch_size):
            x, y = [], []
            for name in df["tile_name"][start : start + batch_size]:
                x.append(cv2.imread(str(path_tiles / name)))
                y.append(df[df["tile_name"] == name]["y"].iloc[0])
            yield np.array(x), keras.utils.to_categorical(y, num_classes)
