"""Arrays made for each batch and filled in place; the path is text with a slash in it."""


def batch_generator(df, batch_size, path_tiles, num_classes):
    names, labels = df["tile_name"].values, df["y"].values
    height, width = cv2.imread(f"{path_tiles}/{names[0]}").shape[:2]
    while True:
        start = 0
        while start < len(names):
            stop = min(start + batch_size, len(names))
            x = np.empty((stop - start, height, width, 3), np.float32)
            y = np.zeros((stop - start, num_classes), np.float32)
            for i in range(start, stop):
                x[i - start] = cv2.imread(f"{path_tiles}/{names[i]}", cv2.IMREAD_COLOR_RGB)
                y[i - start, labels[i]] = 1
            x /= 255
            yield x, y
            start = stop
