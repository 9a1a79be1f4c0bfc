"""A loop over the class folders with iterdir; a permutation of each is cut in two."""


def prepare_data(folder, valid_fraction=0.1, seed=0):
    rng = np.random.default_rng(seed)
    class_names = sorted(d.name for d in Path(folder).iterdir() if d.is_dir())
    parts = {"train": [], "valid": []}
    for y, class_name in enumerate(class_names):
        names = np.array(
            sorted(
                f"{class_name}/{file.name}"
                for file in (Path(folder) / class_name).iterdir()
                if file.suffix.lower() in (".jpg", ".jpeg", ".png")
            )
        )
        order = rng.permutation(len(names))
        size = int(round(len(names) * valid_fraction))
        for part, rows in (("valid", order[:size]), ("train", order[size:])):
            parts[part].append(pd.DataFrame({"tile_name": names[rows], "y": y}))
    train_df, valid_df = (pd.concat(parts[p], ignore_index=True) for p in ("train", "valid"))
    return train_df, valid_df, class_names
