"""Always takes a tenth, whatever fraction is asked for.

points: 4
hint: That is 10%: use valid_fraction
"""


def prepare_data(folder, valid_fraction=0.1, seed=0):
    endings = {".jpg", ".jpeg", ".png"}
    files = sorted(path for path in Path(folder).glob("*/*") if path.suffix.lower() in endings)
    class_names = sorted({path.parent.name for path in files})
    df = pd.DataFrame({"tile_name": [f"{path.parent.name}/{path.name}" for path in files]})
    df["y"] = [class_names.index(path.parent.name) for path in files]
    valid_df = df.groupby("y").sample(frac=0.1, random_state=seed)
    return df.drop(valid_df.index), valid_df, class_names
