"""Always rounds the number of images for validation up.

points: 4
hint: Round to the nearest, not always up
"""


def prepare_data(folder, valid_fraction=0.1, seed=0):
    endings = {".jpg", ".jpeg", ".png"}
    files = sorted(path for path in Path(folder).glob("*/*") if path.suffix.lower() in endings)
    class_names = sorted({path.parent.name for path in files})
    df = pd.DataFrame({"tile_name": [f"{path.parent.name}/{path.name}" for path in files]})
    df["y"] = [class_names.index(path.parent.name) for path in files]
    rng = np.random.default_rng(seed)
    chosen = []
    for y in range(len(class_names)):
        rows = rng.permutation(df.index[df["y"] == y])
        chosen.extend(rows[: int(np.ceil(len(rows) * valid_fraction))])
    return df.drop(chosen), df.loc[chosen], class_names
