"""Fills the last batch up with rows of the next pass.

points: 4
hint: Batch 3 must hold 3 rows
"""

import itertools


def data_gen(df, batch_size):
    rows = itertools.cycle(range(len(df)))
    while True:
        batch = df.iloc[list(itertools.islice(rows, batch_size))]
        x = np.stack(batch["url"].to_list()).astype("float32")
        yield x, batch["class"].to_numpy("float32").reshape(-1, 1)
