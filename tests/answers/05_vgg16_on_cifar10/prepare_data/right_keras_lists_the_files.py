"""Keras lists files and classes; a mask says which rows are for validation."""


def prepare_data(folder, valid_fraction=0.1, seed=0):
    listed = keras.utils.image_dataset_from_directory(folder, shuffle=False, verbose=False)
    names = ["/".join(Path(path).parts[-2:]) for path in listed.file_paths]
    y = np.array([listed.class_names.index(name.split("/")[0]) for name in names])
    rng, is_valid = np.random.default_rng(seed), np.zeros(len(y), bool)
    for label in range(len(listed.class_names)):
        rows = np.flatnonzero(y == label)
        is_valid[rng.choice(rows, round(valid_fraction * len(rows)), replace=False)] = True
    df = pd.DataFrame({"tile_name": names, "y": y})
    return df[~is_valid].copy(), df[is_valid].copy(), listed.class_names
