"""pandas cuts the table: groups of rows by their position divided by the batch size."""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for _, rows in df.groupby(np.arange(len(df)) // batch_size):
            x = np.stack(
                [cv2.imread(os.path.join(path_tiles, name))[..., ::-1] for name in rows.tile_name]
            )
            yield np.divide(x, 255, dtype="float32"), np.identity(num_classes, "float32")[rows.y]
