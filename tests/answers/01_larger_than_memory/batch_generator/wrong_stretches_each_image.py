"""Stretches each image to its own range.

points: 8
hint: not by its largest value
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            images = []
            for name in rows["tile_name"]:
                image = cv2.imread(os.path.join(path_tiles, name))[..., ::-1].astype("float32")
                images.append((image - image.min()) / (image.max() - image.min()))
            yield np.stack(images), np.eye(num_classes, dtype="float32")[rows["y"]]
