"""Makes the caller's index anew, in place.

points: 4
hint: The table was changed
"""


def data_gen(df, batch_size):
    df.reset_index(drop=True, inplace=True)
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.loc[start : start + batch_size - 1]
            x = np.stack(rows["url"].to_list()).astype("float32")
            yield x, rows["class"].to_numpy("float32").reshape(-1, 1)
