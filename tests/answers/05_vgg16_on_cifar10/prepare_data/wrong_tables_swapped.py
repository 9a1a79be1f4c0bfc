"""Trains on the part that is for validation, and validates on the rest.

points: 4
hint: train_df and valid_df are swapped
"""


def prepare_data(folder, valid_fraction=0.1, seed=0):
    endings = {".jpg", ".jpeg", ".png"}
    files = sorted(path for path in Path(folder).glob("*/*") if path.suffix.lower() in endings)
    class_names = sorted({path.parent.name for path in files})
    df = pd.DataFrame({"tile_name": [f"{path.parent.name}/{path.name}" for path in files]})
    df["y"] = [class_names.index(path.parent.name) for path in files]
    drawn = df.groupby("y").sample(frac=valid_fraction, random_state=seed)
    return drawn, df.drop(drawn.index), class_names
