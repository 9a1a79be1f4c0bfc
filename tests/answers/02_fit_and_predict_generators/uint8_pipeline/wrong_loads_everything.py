"""Reads all images first, one after the other.

points: 6
hint: Received: what was in them before
"""


def make_dataset(df, batch_size, path_tiles, num_classes):
    paths = [str(path_tiles) + "/" + name for name in df["tile_name"]]
    x = np.stack([cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths])
    y = np.eye(num_classes, dtype="float32")[df["y"].to_numpy()]
    return tf.data.Dataset.from_tensor_slices((x, y)).batch(batch_size)
