"""Draws from the whole table, not from each class.

points: 4
hint: Draw from each class by itself
"""


def prepare_data(folder, valid_fraction=0.1, seed=0):
    endings = {".jpg", ".jpeg", ".png"}
    files = sorted(path for path in Path(folder).glob("*/*") if path.suffix.lower() in endings)
    class_names = sorted({path.parent.name for path in files})
    df = pd.DataFrame({"tile_name": [f"{path.parent.name}/{path.name}" for path in files]})
    df["y"] = [class_names.index(path.parent.name) for path in files]
    valid_df = df.sample(frac=valid_fraction, random_state=seed)
    return df.drop(valid_df.index), valid_df, class_names
