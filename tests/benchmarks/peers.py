"""The loaders that are compared: the course's own and those of other libraries.

Each function takes `Tiles` and makes a loader for `Model.fit`, in the way that the library's own
documentation shows, with two threads or processes where it can. What is not installed is an
ImportError, and the benchmark names it below its table.
"""

import sys
from collections import namedtuple

import cv2
import keras
import numpy as np
import tensorflow as tf

from helpers.batches import one_hot, read_image, read_images
from helpers.generators import (
    PackedBatches,
    TileBatches,
    batch_generator,
    make_dataset,
    pack_tiles,
)

Tiles = namedtuple("Tiles", "df path batch_size num_classes")

NAIVE = "naive generator, float32"


def naive(tiles):
    """What tutorials show: the label is looked up by name, image by image."""
    df = tiles.df
    while True:
        for start in range(0, len(df), tiles.batch_size):
            x, y = [], []
            for name in df["tile_name"][start : start + tiles.batch_size]:
                image = cv2.cvtColor(cv2.imread(str(tiles.path / name)), cv2.COLOR_BGR2RGB)
                x.append(image.astype("float32") / 255)
                y.append(df[df["tile_name"] == name]["y"].iloc[0])
            yield np.array(x), keras.utils.to_categorical(y, tiles.num_classes)


def image_data_generator(tiles):
    from tensorflow.keras.preprocessing.image import ImageDataGenerator

    return ImageDataGenerator(rescale=1 / 255).flow_from_dataframe(
        tiles.df.assign(y=tiles.df["y"].map("{:02d}".format)),
        tiles.path,
        x_col="tile_name",
        y_col="y",
        target_size=read_image(tiles.path / tiles.df["tile_name"].iloc[0]).shape[:2],
        batch_size=tiles.batch_size,
        shuffle=False,
        validate_filenames=False,
    )


def from_directory(tiles):
    """It reads what lies in the folder, in the order of names: that of `make_tiles`' table."""
    return keras.utils.image_dataset_from_directory(
        tiles.path,
        labels=tiles.df["y"].tolist(),
        label_mode="categorical",
        image_size=read_image(tiles.path / tiles.df["tile_name"].iloc[0]).shape[:2],
        batch_size=tiles.batch_size,
        shuffle=False,
        verbose=False,
    )


def tf_data(tiles, dtype="uint8"):
    """Decode, map and prefetch with AUTOTUNE, as TensorFlow's guides show it."""
    shape = read_image(tiles.path / tiles.df["tile_name"].iloc[0]).shape

    def read(path, label):
        image = tf.ensure_shape(tf.io.decode_jpeg(tf.io.read_file(path), channels=3), shape)
        image = image if dtype == "uint8" else tf.cast(image, dtype) / 255
        return image, tf.one_hot(label, tiles.num_classes)

    paths = [f"{tiles.path}/{name}" for name in tiles.df["tile_name"]]
    dataset = tf.data.Dataset.from_tensor_slices((paths, tiles.df["y"].to_numpy()))
    dataset = dataset.map(read, num_parallel_calls=tf.data.AUTOTUNE)
    return dataset.batch(tiles.batch_size).prefetch(tf.data.AUTOTUNE)


class Source:
    """Random access to images and labels, as torch and grain want it."""

    def __init__(self, tiles):
        self.paths = [f"{tiles.path}/{name}" for name in tiles.df["tile_name"]]
        self.labels = one_hot(tiles.df["y"].to_numpy(), tiles.num_classes)

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, i):
        return cv2.imread(self.paths[i], cv2.IMREAD_COLOR_RGB), self.labels[i]


def torch_loader(tiles):
    """Two processes: they are what its documentation advises, and threads it has none.

    A process forked while threads of TensorFlow run may stand still for ever: then, an error after
    some seconds. See `again`.
    """
    from torch.utils.data import DataLoader

    return DataLoader(Source(tiles), batch_size=tiles.batch_size, num_workers=2, timeout=20)


def again(run, times=3):
    """Runs what may stand still by chance, as torch's processes do, once more where it failed."""
    for left in reversed(range(times)):
        try:
            return run()
        except RuntimeError as error:
            if not left:
                raise
            print(f"Once more, as this failed: {error}", file=sys.stderr)


def grain_loader(tiles):
    import grain

    dataset = grain.MapDataset.source(Source(tiles)).batch(tiles.batch_size)
    options = grain.ReadOptions(num_threads=2, prefetch_buffer_size=4)

    def endless():
        while True:
            yield from dataset.to_iter_dataset(options)

    return endless()


def packed_file(tiles):
    """The packed file of a folder, made on first use."""
    out = tiles.path.with_name(f"{tiles.path.name}-{len(tiles.df)}.npy")
    return pack_tiles(tiles.df, tiles.path, out)


OURS = {
    "make_dataset, uint8": lambda t: make_dataset(t.df, t.batch_size, t.path, t.num_classes),
    "TileBatches, 2 threads, uint8": lambda t: TileBatches(
        t.df, t.batch_size, t.path, t.num_classes, dtype="uint8", threads=2
    ),
    "batch_generator, float32": lambda t: batch_generator(
        t.df, t.batch_size, t.path, t.num_classes
    ),
}
PACKED = {
    "make_dataset, packed, uint8": lambda t: make_dataset(
        t.df, t.batch_size, t.path, t.num_classes, packed=packed_file(t)
    ),
    "PackedBatches, uint8": lambda t: PackedBatches(
        packed_file(t), t.df, t.batch_size, t.num_classes
    ),
}
PEERS = {
    NAIVE: naive,
    "ImageDataGenerator, float32": image_data_generator,
    "image_dataset_from_directory, float32": from_directory,
    "tf.data, float32": lambda tiles: tf_data(tiles, "float32"),
    "tf.data, uint8": tf_data,
    "torch DataLoader, 2 processes, uint8": torch_loader,
    "grain, 2 threads, uint8": grain_loader,
}


def first_batch(loader):
    """The first batch of any loader: two NumPy arrays."""
    batch = loader[0] if isinstance(loader, keras.utils.PyDataset) else next(iter(loader))
    return tuple(np.asarray(part) for part in batch)


def ready(makers, tiles):
    """Tries each loader once: it must give the pixels and labels of the first rows.

    Returns:
        `(makers, missing)`: those that run, and a dict of names to the reason why one does not.

    Raises:
        RuntimeError: where a loader gives something else; its speed would mean nothing.
    """
    rows, missing, running = tiles.df.iloc[: tiles.batch_size], {}, {}
    pixels = read_images(rows["tile_name"].tolist(), tiles.path).astype("float32")
    for name, make in makers.items():
        try:
            x, y = first_batch(make(tiles))
        except ImportError as error:
            missing[name] = str(error)
            continue
        scale = 255 if x.dtype.kind == "f" and x.max() <= 1 else 1
        # Decoders may round differently by a level or two.
        if x.shape != pixels.shape or np.abs(x * scale - pixels).mean() > 2:
            raise RuntimeError(f"{name} gives other images than the files hold")
        if y.argmax(axis=1).tolist() != rows["y"].tolist():
            raise RuntimeError(f"{name} gives other labels than the table holds")
        running[name] = make
    return running, missing
