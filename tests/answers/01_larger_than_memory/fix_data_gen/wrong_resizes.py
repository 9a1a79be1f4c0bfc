"""Brings every image to 224 pixels, whatever its size.

points: 4
hint: the size is that of the images
"""


def data_gen(df, batch_size):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            x = np.stack([cv2.resize(image, (224, 224)) for image in rows["url"]])
            yield x.astype("float32"), rows["class"].to_numpy("float32").reshape(-1, 1)
