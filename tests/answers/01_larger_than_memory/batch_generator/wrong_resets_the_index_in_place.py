"""Makes the index of the caller's table anew, in place.

points: 8
hint: The table was changed
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    df.reset_index(drop=True, inplace=True)
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.loc[start : start + batch_size - 1]
            paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
            images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
            y = np.eye(num_classes, dtype="float32")[rows["y"]]
            yield np.stack(images).astype("float32") / 255, y
