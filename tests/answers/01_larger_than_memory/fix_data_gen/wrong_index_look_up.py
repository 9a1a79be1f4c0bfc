"""Looks rows up by index, not by position.

points: 4
hint: take rows by position, with df.iloc
"""


def data_gen(df, batch_size):
    while True:
        for start in range(0, len(df), batch_size):
            numbers = range(start, min(start + batch_size, len(df)))
            x = np.stack([df["url"][i] for i in numbers]).astype("float32")
            yield x, np.array([[df["class"][i]] for i in numbers], "float32")
