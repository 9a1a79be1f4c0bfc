"""The reference generators, against hand-painted images."""

import itertools
import threading
import tracemalloc

import cv2
import numpy as np
import pandas as pd
import pytest

from helpers.generators import TileBatches, batch_generator, read_image, steps_per_epoch

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
    """The rows that a batch holds, read back from its red values."""
    return np.rint(x[:, 0, 0, 0] * 25.5).astype(int).tolist()


def both(df, batch_size, path, num_classes):
    """One pass of the generator and of the PyDataset."""
    dataset = TileBatches(df, batch_size, path, num_classes)
    generator = batch_generator(df, batch_size, path, num_classes)
    return list(itertools.islice(generator, len(dataset))), [
        dataset[i] for i in range(len(dataset))
    ]


@pytest.mark.parametrize(
    "num_samples, batch_size, steps", [(70, 16, 5), (64, 16, 4), (1, 16, 1), (0, 16, 0), (5, 1, 5)]
)
def test_steps_per_epoch_is_the_ceiling(num_samples, batch_size, steps):
    assert steps_per_epoch(num_samples, batch_size) == steps


def test_steps_per_epoch_is_exact_above_the_floats():
    assert steps_per_epoch(2**60 + 1, 1) == 2**60 + 1


def test_steps_per_epoch_refuses_bad_numbers():
    with pytest.raises(ValueError, match="`batch_size` must be at least 1. Received: batch_size=0"):
        steps_per_epoch(10, 0)
    with pytest.raises(ValueError, match="`num_samples` must be 0 or more. Received"):
        steps_per_epoch(-1, 4)


def test_batches_hold_every_row_once_in_order_and_the_last_is_smaller(tiles):
    for batches in both(tiles[0], 3, tiles[1], 3):
        assert [rows_of(x) for x, _ in batches] == [[0, 1, 2], [3, 4, 5], [6]]


def test_x_is_float32_rgb_from_0_to_1_and_y_is_one_hot_float32(tiles):
    for batches in both(tiles[0], 4, tiles[1], 3):
        x, y = batches[0]
        assert x.shape == (4, HEIGHT, WIDTH, 3) and x.dtype == np.float32
        expected = np.array([30, 100, 200]) / 255
        np.testing.assert_allclose(x[3], np.broadcast_to(expected, x[3].shape), atol=1e-6)
        assert y.dtype == np.float32
        assert y.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]


def test_the_brightest_value_is_exactly_one(tmp_path):
    paint(tmp_path / "white.png", (255, 255, 255))
    df = pd.DataFrame({"tile_name": ["white.png"], "y": [0]})
    x, _ = next(batch_generator(df, 1, tmp_path, 1))
    assert x.min() == x.max() == 1


def test_labels_belong_to_their_row_where_names_repeat_and_the_index_is_mixed(tiles):
    df = pd.DataFrame(
        {"tile_name": ["2.png", "5.png", "2.png", "5.png"], "y": [0, 1, 1, 0]}, index=[9, 3, 3, 0]
    )
    for batches in both(df, 3, tiles[1], 2):
        assert np.concatenate([y for _, y in batches]).argmax(1).tolist() == [0, 1, 1, 0]
        assert [rows_of(x) for x, _ in batches] == [[2, 5, 2], [5]]


def test_a_batch_larger_than_the_data_holds_it_all(tiles):
    for batches in both(tiles[0], 100, tiles[1], 3):
        assert [rows_of(x) for x, _ in batches] == [[0, 1, 2, 3, 4, 5, 6]]


def test_the_generator_begins_again_after_a_pass(tiles):
    passes = itertools.islice(batch_generator(tiles[0], 4, tiles[1], 3), 4)
    assert [rows_of(x) for x, _ in passes] == [[0, 1, 2, 3], [4, 5, 6]] * 2


def test_batches_are_fresh_arrays_and_the_table_stays_as_it_was(tiles):
    df, path = tiles
    before = df.copy(deep=True)
    for batches in both(df, 3, path, 3):
        batches[0][0][:] = -1
        batches[0][1][:] = -1
        assert rows_of(batches[1][0]) == [3, 4, 5]
    pd.testing.assert_frame_equal(df, before)


def test_the_folder_may_be_text_and_tiles_may_lie_in_subfolders(tiles):
    df, path = tiles
    (path / "sub").mkdir()
    paint(path / "sub" / "a.png", (50, 0, 0))
    x, _ = next(
        batch_generator(pd.DataFrame({"tile_name": ["sub/a.png"], "y": [0]}), 1, str(path), 1)
    )
    assert rows_of(x) == [5]


def test_shuffling_differs_by_epoch_keeps_pairs_and_repeats_by_seed(tiles):
    df, path = tiles

    def two_epochs(seed):
        dataset = TileBatches(df, 3, path, 7, shuffle=True, seed=seed)
        epochs = []
        for _ in range(2):
            batches = [dataset[i] for i in range(len(dataset))]
            dataset.on_epoch_end()
            rows = sum((rows_of(x) for x, _ in batches), [])
            labels = np.concatenate([y for _, y in batches]).argmax(1)
            assert sorted(rows) == list(range(7))
            assert labels.tolist() == df["y"].to_numpy()[rows].tolist()
            epochs.append(rows)
        return epochs

    first, second = two_epochs(seed=1)
    assert first != second and first != list(range(7))
    assert two_epochs(seed=1) == [first, second]
    assert two_epochs(seed=2) != [first, second]


def test_an_index_out_of_range_is_an_index_error(tiles):
    dataset = TileBatches(tiles[0], 3, tiles[1], 3)
    assert len(dataset) == 3
    for index in (3, -1):
        with pytest.raises(IndexError, match=f"from 0 to 2. Received: index={index}"):
            dataset[index]


def test_keyword_arguments_reach_keras(tiles):
    dataset = TileBatches(tiles[0], 3, tiles[1], 3, workers=2, max_queue_size=5)
    assert (dataset.workers, dataset.max_queue_size) == (2, 5)


def test_threads_read_the_images_of_a_batch_side_by_side(tiles, monkeypatch):
    meet, imread, side_by_side = threading.Barrier(3), cv2.imread, []

    def together(path, *args):
        if len(args) == 2:  # into a place: not the one that tells the size
            meet.wait(timeout=60)  # an error, unless three threads are here at once
            side_by_side.append(threading.get_ident())
        return imread(path, *args)

    monkeypatch.setattr(cv2, "imread", together)
    x, y = TileBatches(tiles[0][:6], 6, tiles[1], 3, threads=3)[0]
    assert len(set(side_by_side)) == 3 and len(side_by_side) == 6
    assert rows_of(x) == list(range(6)) and y.argmax(1).tolist() == [0, 1, 2, 0, 1, 2]


@pytest.mark.parametrize("threads", [2, 3, 50])  # more than rows, too
def test_threads_change_no_batch_and_no_error(tiles, threads):
    df, path = tiles
    plain, threaded = (TileBatches(df, 3, path, 3, threads=n) for n in (1, threads))
    for i in range(3):
        for one, other in zip(plain[i], threaded[i], strict=True):
            np.testing.assert_array_equal(one, other)
    (path / "4.png").write_bytes(b"not an image")
    with pytest.raises(ValueError, match=r"is not a readable image. Received: .*4\.png"):
        threaded[1]
    with pytest.raises(ValueError, match="`threads` must be at least 1. Received: threads=0"):
        TileBatches(df, 3, path, 3, threads=0)


@pytest.mark.parametrize("make", [batch_generator, TileBatches])
def test_bad_tables_are_refused_at_once(tiles, make):
    df, path = tiles
    with pytest.raises(ValueError, match="at least one row. Received: an empty table"):
        make(df[:0], 3, path, 3)
    with pytest.raises(ValueError, match=r"columns tile_name and y. Received: \['tile_name'\]"):
        make(df[["tile_name"]], 3, path, 3)
    with pytest.raises(ValueError, match="`batch_size` must be at least 1. Received: batch_size=0"):
        make(df, 0, path, 3)
    with pytest.raises(ValueError, match="num_classes - 1 = 1. Received: y=2 in row 2"):
        make(df, 3, path, 2)
    with pytest.raises(ValueError, match="Received: y=-1 in row 0"):
        make(df.assign(y=-1), 3, path, 3)
    with pytest.raises(ValueError, match="Received: y=nan in row 0"):
        make(df.assign(y=np.nan), 3, path, 3)


def test_an_unreadable_image_is_named(tiles):
    df, path = tiles
    (path / "4.png").write_bytes(b"not an image")
    batches = batch_generator(df, 3, path, 3)
    next(batches)  # rows 0 to 2 are fine
    with pytest.raises(ValueError, match=r"is not a readable image. Received: .*4\.png"):
        next(batches)
    with pytest.raises(ValueError, match=r"does not exist. Received: .*none\.png"):
        read_image(path / "none.png")


def test_images_of_differing_sizes_are_named(tiles):
    df, path = tiles
    paint(path / "1.png", (0, 0, 0), height=5)
    with pytest.raises(ValueError, match=r"Received: 1\.png with \(5, 6, 3\)"):
        next(batch_generator(df, 3, path, 3))


@pytest.mark.parametrize("make", [batch_generator, TileBatches])
def test_memory_holds_one_batch_whatever_the_size_of_the_dataset(tmp_path, make):
    paint(tmp_path / "tile.png", (1, 2, 3), 64, 64)
    one_batch = 8 * 64 * 64 * 3 * 4

    def peak(num_rows):
        df = pd.DataFrame({"tile_name": ["tile.png"] * num_rows, "y": 0})
        batches = make(df, 8, tmp_path, 1)
        tracemalloc.start()
        for _ in zip(range(num_rows // 8), batches, strict=False):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert one_batch < peak(32) < 4 * one_batch  # the last, the next and one image being decoded
    assert peak(512) < 1.2 * peak(32)
