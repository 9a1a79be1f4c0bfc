"""Shuffles the whole table; the first ones of each class, by cumcount, are for validation."""

import glob
import os


def prepare_data(folder, valid_fraction=0.1, seed=0):
    files = [
        os.path.relpath(f, folder).replace(os.sep, "/")
        for f in glob.glob(os.path.join(folder, "*", "*"))
        if os.path.splitext(f)[1].lower() in {".jpg", ".jpeg", ".png"}
    ]
    df = pd.DataFrame({"tile_name": sorted(files)})
    df["class"] = df["tile_name"].map(os.path.dirname)
    class_names = sorted(df["class"].unique())
    df["y"] = df["class"].map({name: i for i, name in enumerate(class_names)})
    shuffled = df.sample(frac=1, random_state=seed)
    place = shuffled.groupby("y").cumcount()
    size = (shuffled.groupby("y")["y"].transform("size") * valid_fraction).round()
    return shuffled[place >= size], shuffled[place < size], class_names
