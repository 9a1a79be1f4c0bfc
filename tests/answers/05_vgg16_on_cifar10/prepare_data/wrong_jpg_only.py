"""Takes .jpg for the only ending of an image.

points: 2
hint: The folder has 67 images: .jpg, .jpeg and .png
"""


def prepare_data(folder, valid_fraction=0.1, seed=0):
    files = sorted(Path(folder).glob("*/*.jpg"))
    class_names = sorted({path.parent.name for path in files})
    df = pd.DataFrame({"tile_name": [f"{path.parent.name}/{path.name}" for path in files]})
    df["y"] = [class_names.index(path.parent.name) for path in files]
    valid_df = df.groupby("y").sample(frac=valid_fraction, random_state=seed)
    return df.drop(valid_df.index), valid_df, class_names
