"""Takes the image by position, but its label by index.

points: 4
hint: The index of the table is out of order
"""


def data_gen(df, batch_size):
    labels = dict(enumerate(df["class"].sort_index()))
    while True:
        for start in range(0, len(df), batch_size):
            numbers = range(start, min(start + batch_size, len(df)))
            x = np.stack([df["url"].iloc[i] for i in numbers]).astype("float32")
            yield x, np.array([[labels[i]] for i in numbers], "float32")
