"""Walks through the folder, and draws with the module random."""

import os
import random


def prepare_data(folder, valid_fraction=0.1, seed=0):
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            if where != str(folder) and name.lower().endswith((".jpg", ".jpeg", ".png")):
                found.setdefault(os.path.basename(where), []).append(name)
    class_names, rng = sorted(found), random.Random(seed)
    train, valid = [], []
    for y, name in enumerate(class_names):
        rows = [(f"{name}/{file}", y) for file in sorted(found[name])]
        drawn = set(rng.sample(range(len(rows)), round(valid_fraction * len(rows))))
        for i, row in enumerate(rows):
            (valid if i in drawn else train).append(row)
    columns = ["tile_name", "y"]
    return pd.DataFrame(train, columns=columns), pd.DataFrame(valid, columns=columns), class_names
