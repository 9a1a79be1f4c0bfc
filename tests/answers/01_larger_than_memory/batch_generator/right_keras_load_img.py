"""keras.utils reads and turns into arrays; labels by get_dummies."""


def batch_generator(df, batch_size, path_tiles, num_classes):
    def load(name):
        image = keras.utils.load_img(os.path.join(path_tiles, name))
        return keras.utils.img_to_array(image, dtype="float32") / 255

    one_hot = pd.get_dummies(df["y"], dtype="float32").reindex(
        columns=range(num_classes), fill_value=0
    )
    one_hot = one_hot.to_numpy("float32")
    while True:
        for start in range(0, len(df), batch_size):
            names = df["tile_name"].iloc[start : start + batch_size]
            yield np.array([load(name) for name in names]), one_hot[start : start + len(names)]
