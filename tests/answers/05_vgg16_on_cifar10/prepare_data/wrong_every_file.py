"""Takes every file for an image.

points: 4
hint: What is no image must be left out
"""


def prepare_data(folder, valid_fraction=0.1, seed=0):
    files = sorted(Path(folder).glob("*/*"))
    class_names = sorted({path.parent.name for path in files})
    df = pd.DataFrame({"tile_name": [f"{path.parent.name}/{path.name}" for path in files]})
    df["y"] = [class_names.index(path.parent.name) for path in files]
    valid_df = df.groupby("y").sample(frac=valid_fraction, random_state=seed)
    return df.drop(valid_df.index), valid_df, class_names
