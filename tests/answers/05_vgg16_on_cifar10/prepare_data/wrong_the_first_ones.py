"""The first images of each class are for validation: nothing is drawn.

points: 4
hint: Another seed must draw other images
"""


def prepare_data(folder, valid_fraction=0.1, seed=0):
    endings = {".jpg", ".jpeg", ".png"}
    files = sorted(path for path in Path(folder).glob("*/*") if path.suffix.lower() in endings)
    class_names = sorted({path.parent.name for path in files})
    df = pd.DataFrame({"tile_name": [f"{path.parent.name}/{path.name}" for path in files]})
    df["y"] = [class_names.index(path.parent.name) for path in files]
    size = (df.groupby("y")["y"].transform("size") * valid_fraction).round()
    first = df.groupby("y").cumcount() < size
    return df[~first], df[first], class_names
