"""Paths as a pandas column: the string methods find endings and classes, a category the numbers."""


def prepare_data(folder, valid_fraction=0.1, seed=0):
    names = pd.Series([p.relative_to(folder).as_posix() for p in Path(folder).rglob("*.*")])
    df = pd.DataFrame({"tile_name": names.sort_values()})
    is_image = df["tile_name"].str.fullmatch(r"[^/]+/[^/]+\.(?:jpe?g|png)", case=False)
    df = df[is_image].reset_index(drop=True)
    classes = df["tile_name"].str.split("/").str[0].astype("category")
    df["y"] = classes.cat.codes.astype("int64")
    drawn = df.groupby("y", group_keys=False)["tile_name"].sample(
        frac=valid_fraction, random_state=np.random.RandomState(seed)
    )
    is_valid = df["tile_name"].isin(drawn)
    return df[~is_valid], df[is_valid], list(classes.cat.categories)
