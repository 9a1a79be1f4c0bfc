"""All images are due in a pool of threads that is a few ahead, by `load_img` of Keras."""

from collections import deque
from concurrent.futures import ThreadPoolExecutor


def make_dataset(df, batch_size, path_tiles, num_classes):
    def read(name):
        return np.array(keras.utils.load_img(f"{path_tiles}/{name}"))

    def rows():
        due = deque()
        with ThreadPoolExecutor(2) as pool:
            for name, number in zip(df["tile_name"], df["y"]):
                due.append((pool.submit(read, name), number))
                if len(due) > 4:
                    image, label = due.popleft()
                    yield image.result(), label
            for image, label in due:
                yield image.result(), label

    def one_hot(image, label):
        return image, tf.one_hot(label, num_classes)

    spec = tf.TensorSpec((None, None, 3), tf.uint8), tf.TensorSpec((), tf.int32)
    dataset = tf.data.Dataset.from_generator(rows, output_signature=spec)
    return dataset.map(one_hot).batch(batch_size)
