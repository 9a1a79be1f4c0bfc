"""Numbers the classes in the order in which the folder lists them.

points: 4
hint: the sorted names of the class folders
"""

import os


def prepare_data(folder, valid_fraction=0.1, seed=0):
    class_names = [name for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name))]
    train, valid = [], []
    for y, class_name in enumerate(class_names):
        names = sorted(os.listdir(os.path.join(folder, class_name)))
        names = [n for n in names if n.lower().endswith((".jpg", ".jpeg", ".png"))]
        order = np.random.default_rng(seed).permutation(len(names))
        size = round(valid_fraction * len(names))
        rows = [(f"{class_name}/{names[i]}", y) for i in order]
        valid, train = valid + rows[:size], train + rows[size:]
    columns = ["tile_name", "y"]
    return pd.DataFrame(train, columns=columns), pd.DataFrame(valid, columns=columns), class_names
