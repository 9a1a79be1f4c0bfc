"""Leaves the class out of the names of the files.

points: 1
hint: Joined with the folder, a tile_name must be an image
"""


def prepare_data(folder, valid_fraction=0.1, seed=0):
    endings = {".jpg", ".jpeg", ".png"}
    files = sorted(path for path in Path(folder).glob("*/*") if path.suffix.lower() in endings)
    class_names = sorted({path.parent.name for path in files})
    df = pd.DataFrame({"tile_name": [path.name for path in files]})
    df["y"] = [class_names.index(path.parent.name) for path in files]
    valid_df = df.groupby("y").sample(frac=valid_fraction, random_state=seed)
    return df.drop(valid_df.index), valid_df, class_names
