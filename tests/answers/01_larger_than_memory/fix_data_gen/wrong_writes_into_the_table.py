"""Puts float labels into the caller's table.

points: 4
hint: The table was changed
"""


def data_gen(df, batch_size):
    df["class"] = df["class"].astype("float32")
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            x = np.stack(rows["url"].to_list()).astype("float32")
            yield x, rows[["class"]].to_numpy()
