"""Takes the image by position, but its label by index.

points: 8
hint: by name or by index
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            names = df["tile_name"].iloc[start : start + batch_size]
            paths = [os.path.join(path_tiles, name) for name in names]
            images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
            y = np.zeros((len(names), num_classes), "float32")
            for i in range(len(names)):
                y[i, df["y"][start + i]] = 1
            yield np.stack(images).astype("float32") / 255, y
