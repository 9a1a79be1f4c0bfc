"""np.array_split cuts the row numbers; the passes are an inner generator, by yield from."""


def batch_generator(df, batch_size, path_tiles, num_classes):
    def one_pass():
        for numbers in np.split(np.arange(len(df)), range(batch_size, len(df), batch_size)):
            rows = df.take(numbers)
            images = [
                cv2.cvtColor(cv2.imread(os.path.join(path_tiles, name)), cv2.COLOR_BGR2RGB)
                for name in rows["tile_name"]
            ]
            y = keras.ops.one_hot(rows["y"].to_numpy(), num_classes, dtype="float32")
            yield keras.ops.convert_to_numpy(images).astype("float32") / 255, np.array(y)

    while True:
        yield from one_pass()
