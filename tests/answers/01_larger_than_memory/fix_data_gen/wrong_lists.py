"""Yields lists of images and labels.

points: 4
hint: x must be one array. Received: a list
"""


def data_gen(df, batch_size):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            images = [image.astype("float32") for image in rows["url"]]
            yield images, [[np.float32(label)] for label in rows["class"]]
