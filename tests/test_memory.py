"""A task's memory, measured in a child process."""

import cv2
import numpy as np
import pandas as pd
import pytest

from helpers.memory import measure_memory


@pytest.fixture(scope="module")
def tiles(tmp_path_factory):
    """480 rows of 256 px: 360 MiB as float32, from one file on disk."""
    folder = tmp_path_factory.mktemp("tiles")
    cv2.imwrite(str(folder / "tile.png"), np.zeros((256, 256, 3), np.uint8))
    return pd.DataFrame({"tile_name": ["tile.png"] * 480, "y": 0}), folder


def test_loading_everything_takes_more_than_the_array_and_batches_do_not(tiles):
    everything = measure_memory("load_everything", *tiles)
    batches = measure_memory("iterate_batches", *tiles, batch_size=16)
    assert everything.finished and batches.finished
    assert everything.outcome.startswith("480 images in ")
    assert everything.megabytes.max() > 360
    assert batches.megabytes.max() < 90  # two batches of 12 MiB, one image, and the allocator
    assert everything.seconds.shape == everything.megabytes.shape
    assert (np.diff(everything.seconds) > 0).all()


def test_under_a_cap_loading_everything_fails_and_batches_finish(tiles):
    everything = measure_memory("load_everything", *tiles, cap_mb=200)
    batches = measure_memory("iterate_batches", *tiles, batch_size=16, cap_mb=200)
    assert not everything.finished and everything.outcome.startswith("MemoryError")
    assert everything.megabytes.max() < 220
    assert batches.finished and batches.cap_mb == 200


def test_an_unknown_task_is_refused(tiles):
    with pytest.raises(ValueError, match="`task` must be one of .*Received: task='sing'"):
        measure_memory("sing", *tiles)


def test_another_failure_of_the_child_is_told_with_its_words(tmp_path):
    df = pd.DataFrame({"tile_name": ["none.png"], "y": [0]})
    with pytest.raises(RuntimeError, match=r"none\.png"):
        measure_memory("load_everything", df, tmp_path)
