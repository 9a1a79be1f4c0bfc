"""Takes a file for an image where an ending stands anywhere in its name.

points: 4
hint: What is no image must be left out
hint: 0001.jpg.txt
"""


def prepare_data(folder, valid_fraction=0.1, seed=0):
    endings = (".jpg", ".jpeg", ".png")
    files = [p for p in Path(folder).glob("*/*") if any(e in p.name.lower() for e in endings)]
    files = sorted(files)
    class_names = sorted({path.parent.name for path in files})
    df = pd.DataFrame({"tile_name": [f"{path.parent.name}/{path.name}" for path in files]})
    df["y"] = [class_names.index(path.parent.name) for path in files]
    valid_df = df.groupby("y").sample(frac=valid_fraction, random_state=seed)
    return df.drop(valid_df.index), valid_df, class_names
