"""Passes over files that cannot be read, without a word.

points: 8
hint: The file of row 5 is missing
"""


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            x, y = [], []
            for row in df.iloc[start : start + batch_size].itertuples():
                image = cv2.imread(os.path.join(path_tiles, row.tile_name))
                if image is None:
                    continue
                x.append(cv2.cvtColor(image, cv2.COLOR_BGR2RGB))
                y.append(row.y)
            yield np.array(x, "float32") / 255, np.eye(num_classes, dtype="float32")[y]
