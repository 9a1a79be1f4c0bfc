"""Sorts by a random number inside each class and takes the first ones; builds rows as dicts."""


def prepare_data(folder, valid_fraction=0.1, seed=0):
    folder = Path(folder)
    rng = np.random.RandomState(seed)
    rows = []
    for path in sorted(folder.glob("*/*")):
        if path.suffix.lower() not in {".jpg", ".jpeg", ".png"}:
            continue
        row = {"tile_name": str(path.relative_to(folder)), "name": path.parent.name}
        rows.append({**row, "chance": rng.rand()})
    df = pd.DataFrame(rows)
    df["y"], class_names = pd.factorize(df["name"], sort=True)
    rank = df.groupby("y")["chance"].rank(method="first")
    count = df.groupby("y")["chance"].transform("count")
    valid = rank <= np.rint(count * valid_fraction)
    columns = ["tile_name", "y"]
    return df.loc[~valid, columns], df.loc[valid, columns], class_names.tolist()
