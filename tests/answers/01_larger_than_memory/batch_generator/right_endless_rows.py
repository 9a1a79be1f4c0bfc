"""One endless stream of row numbers; a batch ends when it is full or the pass is over."""


def batch_generator(df, batch_size, path_tiles, num_classes):
    x, y, row = [], [], 0
    while True:
        image = cv2.imread(os.path.join(path_tiles, df.iat[row, df.columns.get_loc("tile_name")]))
        x.append(cv2.cvtColor(image, cv2.COLOR_BGR2RGB) / 255)
        one_hot = [0] * num_classes
        one_hot[df.iloc[row]["y"]] = 1
        y.append(one_hot)
        row = (row + 1) % len(df)
        if len(x) == batch_size or row == 0:
            yield np.asarray(x, "float32"), np.asarray(y, "float32")
            x, y = [], []
