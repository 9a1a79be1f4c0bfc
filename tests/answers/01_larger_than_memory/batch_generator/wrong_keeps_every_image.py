"""Keeps every image that was read, so that memory fills up in the first pass.

points: 8
hint: In the second pass
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    kept = {}
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            for name in rows["tile_name"]:
                if name not in kept:
                    image = cv2.imread(os.path.join(path_tiles, name))
                    kept[name] = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            x = np.stack([kept[name] for name in rows["tile_name"]])
            yield x.astype("float32") / 255, np.eye(num_classes, dtype="float32")[rows["y"]]
