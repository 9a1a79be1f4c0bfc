"""Hands the work to the reference.

points: 0
hint: Write the code yourself
"""


def prepare_data(folder, valid_fraction=0.1, seed=0):
    df, class_names = datasets.index_folder(folder)
    return *datasets.split_index(df, valid_fraction, seed), class_names
