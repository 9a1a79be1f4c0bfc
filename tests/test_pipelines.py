"""`make_dataset`, and what all loaders share, against hand-painted images."""

import threading

import cv2
import keras
import numpy as np
import pandas as pd
import pytest
import tensorflow as tf

from helpers import pipelines
from helpers.batches import Memory, read_image, read_images
from helpers.generators import TileBatches, make_dataset
from helpers.packing import pack_tiles

HEIGHT, WIDTH = 4, 6  # they differ, so that a swap shows


def paint(path, rgb, height=HEIGHT, width=WIDTH):
    """Writes a PNG (lossless) in one colour, given as RGB."""
    image = np.full((height, width, 3), rgb, np.uint8)
    cv2.imwrite(str(path), cv2.cvtColor(image, cv2.COLOR_RGB2BGR))


@pytest.fixture
def tiles(tmp_path):
    """Seven images whose red value is 10 times their row; green 100, blue 200."""
    for row in range(7):
        paint(tmp_path / f"{row}.png", (10 * row, 100, 200))
    df = pd.DataFrame({"tile_name": [f"{row}.png" for row in range(7)], "y": [0, 1, 2, 0, 1, 2, 0]})
    return df, tmp_path


def rows_of(x):
    return (x[:, 0, 0, 0] // 10).tolist()


def one_pass(dataset):
    return list(dataset.as_numpy_iterator())


@pytest.fixture
def one_at_a_time(monkeypatch):
    """Every batch is read by itself, as those of larger images are."""
    monkeypatch.setattr(pipelines, "PORTION_BATCHES", 1)


@pytest.mark.parametrize(
    ("fit_in", "at_most", "read_at_a_time"),
    [(0, 4, [3, 3, 1]), (2, 4, [6, 1]), (100, 2, [6, 1]), (100, 4, [7])],
)
def test_a_dataset_gives_every_row_once_in_order_and_the_last_batch_is_smaller(
    tiles, monkeypatch, fit_in, at_most, read_at_a_time
):
    monkeypatch.setattr(pipelines, "PORTION_BYTES", fit_in * 3 * HEIGHT * WIDTH * 3)
    monkeypatch.setattr(pipelines, "PORTION_BATCHES", at_most)
    read, sizes = pipelines.read_images, []
    monkeypatch.setattr(
        pipelines,
        "read_images",
        lambda names, *more: sizes.append(len(names)) or read(names, *more),
    )
    dataset = make_dataset(tiles[0], 3, tiles[1], 3)
    assert len(dataset) == 3
    for _ in range(2):  # a second pass gives the same
        assert [rows_of(x) for x, _ in one_pass(dataset)] == [[0, 1, 2], [3, 4, 5], [6]]
    assert sorted(sizes) == sorted(read_at_a_time * 2)


def test_x_is_uint8_rgb_and_y_is_one_hot_float32(tiles):
    dataset = make_dataset(tiles[0], 4, tiles[1], 3)
    assert dataset.element_spec == (
        tf.TensorSpec((None, HEIGHT, WIDTH, 3), tf.uint8),
        tf.TensorSpec((None, 3), tf.float32),
    )
    x, y = one_pass(dataset)[0]
    assert (x[3] == (30, 100, 200)).all()
    assert y.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]


def places(monkeypatch, name):
    """A list that grows by the place in memory of what a function of `pipelines` reads."""
    read, read_at = getattr(pipelines, name), []

    def spy(*args):
        images = read(*args)
        read_at.append(images.ctypes.data)
        return images

    monkeypatch.setattr(pipelines, name, spy)
    return read_at


@pytest.mark.parametrize("packed", [False, True])
def test_tensorflow_takes_each_batch_over_without_a_copy(tiles, monkeypatch, one_at_a_time, packed):
    out = pack_tiles(*tiles, tiles[1] / "tiles.npy") if packed else None
    read_at = places(monkeypatch, "read_packed" if packed else "read_images")
    batches = [x for x, _ in make_dataset(tiles[0], 3, tiles[1], 3, packed=out)]
    assert sorted(np.from_dlpack(x).ctypes.data for x in batches) == sorted(read_at)


def test_memory_is_lent_again_when_the_last_array_in_it_is_gone():
    memory = Memory(most=2)
    first = memory.empty((4, 5), np.float32)
    first[:] = 1
    row, where = first[1], first.ctypes.data
    del first
    others = [memory.empty((4, 5), np.float32) for _ in range(3)]
    for other in others:
        other[:] = 2
    assert (row == 1).all() and where not in [other.ctypes.data for other in others]
    del other, others[:], row  # four blocks, of which two are kept
    again = [memory.empty(shape, np.uint8) for shape in ((1,), (80,), (81,))]
    assert where in [array.ctypes.data for array in again[:2]] and not memory.free
    assert all(array.ctypes.data % 64 == 0 for array in again)
    assert again[2].shape == (81,)


@pytest.mark.parametrize("packed", [False, True])
def test_batches_share_memory_one_after_the_other_and_never_while_someone_has_them(
    tiles, monkeypatch, one_at_a_time, packed
):
    monkeypatch.setattr(pipelines, "MEMORY", Memory())
    df, path = pd.concat([tiles[0]] * 20), tiles[1]
    out = pack_tiles(df, path, path / "tiles.npy") if packed else None
    read_at = places(monkeypatch, "read_packed" if packed else "read_images")
    for _ in range(2):  # of another dataset, too
        for x, _ in make_dataset(df, 7, path, 3, packed=out):
            assert rows_of(x.numpy()) == list(range(7))
    del x
    assert len(read_at) == 40 and len(set(read_at)) < 15  # some are under way at a time
    kept = [x for x, _ in make_dataset(df, 7, path, 3, packed=out)]
    assert len(set(read_at[40:])) == 20
    assert all(rows_of(x.numpy()) == list(range(7)) for x in kept)


def test_labels_belong_to_their_row_where_names_repeat_and_the_index_is_mixed(tiles):
    df = pd.DataFrame(
        {"tile_name": ["2.png", "5.png", "2.png", "5.png"], "y": [0, 1, 1, 0]}, index=[9, 3, 3, 0]
    )
    batches = one_pass(make_dataset(df, 3, tiles[1], 2))
    assert np.concatenate([y for _, y in batches]).argmax(1).tolist() == [0, 1, 1, 0]
    assert [rows_of(x) for x, _ in batches] == [[2, 5, 2], [5]]


def test_shuffling_differs_by_pass_keeps_pairs_and_repeats_by_seed(tiles):
    df, path = tiles
    df = df.assign(y=range(7))

    def two_passes(seed):
        dataset = make_dataset(df, 3, path, 7, shuffle=True, seed=seed)
        passes = []
        for _ in range(2):
            batches = one_pass(dataset)
            rows = sum((rows_of(x) for x, _ in batches), [])
            assert sorted(rows) == list(range(7))
            assert np.concatenate([y for _, y in batches]).argmax(1).tolist() == rows
            passes.append(rows)
        return passes

    first, second = two_passes(seed=1)
    assert first != second and first != list(range(7))
    assert two_passes(seed=1) == [first, second]
    assert two_passes(seed=2) != [first, second]


def test_threads_stay_as_few_however_many_datasets_there_were(tiles):
    # TensorFlow keeps what the functions of a dataset hold, so none may hold threads of its own.
    def take_a_batch():
        for _ in make_dataset(tiles[0], 3, tiles[1], 3):
            break
        return threading.active_count()

    take_a_batch()
    assert take_a_batch() + pipelines.THREADS >= max(take_a_batch() for _ in range(10))


def test_passes_at_once_have_an_order_each_and_give_every_row(tiles, one_at_a_time):
    # Guards against state that passes share: one begins while another is under way or given up.
    dataset = make_dataset(tiles[0], 1, tiles[1], 3, shuffle=True, seed=0)
    next(iter(dataset))
    pairs = tf.data.Dataset.zip(dataset, dataset)
    orders = [sum((rows_of(x) for x, _ in side), []) for side in zip(*one_pass(pairs), strict=True)]
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1]) == list(range(7))


def test_fit_sees_another_order_in_every_epoch_and_the_same_by_seed(tiles):
    # Keras makes an iterator too many at the end of an epoch; it must not use up an order.
    class Spy(keras.Model):
        def call(self, x):
            return x

        def train_step(self, data):
            tf.numpy_function(lambda x: seen.extend(rows_of(x)), [data[0]], [])
            return {"loss": tf.constant(0.0)}

    df, path = tiles
    model = Spy()
    model.compile()
    epochs = []
    for _ in range(2):
        seen = []
        model.fit(make_dataset(df, 3, path, 3, shuffle=True, seed=1), epochs=3, verbose=0)
        epochs.append([seen[i : i + 7] for i in range(0, 21, 7)])
    assert epochs[0] == epochs[1]
    assert all(sorted(rows) == list(range(7)) for rows in epochs[0])
    assert epochs[0][0] != epochs[0][1] != epochs[0][2]


def test_bad_tables_are_refused_at_once(tiles):
    df, path = tiles
    with pytest.raises(ValueError, match="at least one row. Received: an empty table"):
        make_dataset(df[:0], 3, path, 3)
    with pytest.raises(ValueError, match=r"columns tile_name and y. Received: \['tile_name'\]"):
        make_dataset(df[["tile_name"]], 3, path, 3)
    with pytest.raises(ValueError, match="`batch_size` must be at least 1. Received: batch_size=0"):
        make_dataset(df, 0, path, 3)
    with pytest.raises(ValueError, match="num_classes - 1 = 1. Received: y=2 in row 2"):
        make_dataset(df, 3, path, 2)


@pytest.mark.parametrize("row, contents", [(4, b"not an image"), (4, None), (6, b"")])
def test_an_unreadable_image_is_named_when_its_batch_is_due(tiles, one_at_a_time, row, contents):
    # Guards against an image that was never read and still passes for one.
    df, path = tiles
    (path / f"{row}.png").unlink()
    if contents is not None:
        (path / f"{row}.png").write_bytes(contents)
    problem = "does not exist" if contents is None else "is not a readable image"
    batches = iter(make_dataset(df, 3, path, 3))
    next(batches)
    with pytest.raises(tf.errors.InvalidArgumentError, match=rf"{problem}. Received: .*{row}\.png"):
        list(batches)


def test_images_cut_short_are_named_or_read_as_opencv_reads_them(tmp_path):
    noise = np.random.default_rng(0).integers(0, 255, (64, 48, 3), dtype=np.uint8)
    for kind in ("png", "bmp", "jpg", "tif"):
        whole, cut = tmp_path / f"whole.{kind}", tmp_path / f"cut.{kind}"
        cv2.imwrite(str(whole), noise)
        for part in (0.1, 0.5, 0.9, 0.99):
            data = whole.read_bytes()
            cut.write_bytes(data[: int(part * len(data))])
            try:
                alone = read_image(cut)
            except ValueError:
                with pytest.raises(ValueError, match=f"readable image. Received: .*cut.{kind}"):
                    read_images([whole.name, cut.name], tmp_path)
            else:
                images = read_images([whole.name, cut.name], tmp_path)
                np.testing.assert_array_equal(images[1], alone)


def test_an_image_of_the_colour_of_the_mark_is_read(tmp_path):
    for value in range(70, 85):
        paint(tmp_path / f"{value}.png", (value,) * 3)
    images = read_images([f"{value}.png" for value in range(70, 85)], tmp_path)
    assert images[:, 1, 1, 1].tolist() == list(range(70, 85))


def test_uint8_batches_of_tiles_hold_the_pixels_as_they_are(tiles):
    batches = TileBatches(tiles[0], 4, tiles[1], 3, dtype="uint8")
    assert batches[0][0].dtype == np.uint8 and batches[0][1].dtype == np.float32
    assert (batches[0][0][3] == (30, 100, 200)).all()
    with pytest.raises(ValueError, match='`dtype` must be "float32" or "uint8". Received: dtype='):
        TileBatches(tiles[0], 4, tiles[1], 3, dtype="float64")
