"""Whole batches in a plain map; a pool of threads reads them with Pillow."""

from concurrent.futures import ThreadPoolExecutor

from PIL import Image


def make_dataset(df, batch_size, path_tiles, num_classes):
    pool = ThreadPoolExecutor(4)

    def pixels(name):
        with Image.open(str(path_tiles) + "/" + name.decode()) as image:
            return np.asarray(image.convert("RGB"))

    def read(names):
        return np.stack(list(pool.map(pixels, names)))

    def as_tensors(names, labels):
        x = tf.numpy_function(read, [names], tf.uint8)
        return tf.ensure_shape(x, (None, None, None, 3)), tf.one_hot(labels, num_classes)

    columns = df["tile_name"].to_numpy(str), df["y"].to_numpy()
    return tf.data.Dataset.from_tensor_slices(columns).batch(batch_size).map(as_tensors)
