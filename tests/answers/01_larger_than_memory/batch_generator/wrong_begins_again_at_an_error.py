"""Catches every error and begins the next pass, so a missing file hides all that follow it.

points: 8
hint: The file of row 5 is missing
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        try:
            for start in range(0, len(df), batch_size):
                rows = df.iloc[start : start + batch_size]
                paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
                images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
                y = np.eye(num_classes, dtype="float32")[rows["y"]]
                yield np.stack(images).astype("float32") / 255, y
        except Exception as error:
            print("begins again:", error)
