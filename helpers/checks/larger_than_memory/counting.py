"""Checks of `dataset_bytes` and `steps_per_epoch`: numbers, by hand."""

import numbers

import numpy as np

from helpers import generators
from helpers.checks import CheckFailed, check, expect


def expect_whole_number(value, call):
    expect(
        isinstance(value, numbers.Integral) and not isinstance(value, bool),
        f"{call} must be a whole number of type int. Received: {value!r} ({type(value).__name__})",
    )


def expect_bytes(dataset_bytes, *args, itemsize, **kwargs):
    received = dataset_bytes(*args, **kwargs)
    num_images, height, width, channels = (*args, kwargs.get("channels", 3))[:4]
    expected = num_images * height * width * channels * itemsize
    shown = [repr(arg) for arg in args] + [f"{k}={v!r}" for k, v in kwargs.items()]
    hints = {
        expected // itemsize: "that is the number of values; each takes "
        f"{itemsize} bytes as {kwargs.get('dtype', 'float32')}",
        expected // channels: f"were the {channels} channels of each pixel counted?",
        expected * 8: "that is bits; a byte has 8",
        num_images * height * width * channels * 4: "each dtype has a size of its own: "
        "see `np.dtype(dtype).itemsize`",
        num_images * height * width * 3 * itemsize: f"count {channels} channels, not always 3",
    }
    hint = next((f": {h}" for wrong, h in hints.items() if received == wrong), "")
    expect(
        received == expected,
        f"dataset_bytes({', '.join(shown)}) must be {expected:,} bytes. "
        f"Received: {received!r}{hint}.",
    )


def random_sizes():
    num_images, height, width = np.random.default_rng().integers(50, 500, 3)
    return int(num_images), int(height), int(width)


@check()
def dataset_bytes_float32(dataset_bytes):
    """Images, height, width, channels and 4 bytes for a float32 are multiplied."""
    for _ in range(3):
        expect_bytes(dataset_bytes, *random_sizes(), itemsize=4)


@check()
def dataset_bytes_other_dtypes(dataset_bytes):
    """Every dtype counts with its own size, by name or as a NumPy dtype, for any channels."""
    for dtype, itemsize in [("uint8", 1), ("float16", 2), ("float64", 8), (np.uint8, 1)]:
        expect_bytes(dataset_bytes, *random_sizes(), dtype=dtype, itemsize=itemsize)
    for channels in (1, 4):
        expect_bytes(dataset_bytes, *random_sizes(), channels=channels, itemsize=4)


@check()
def dataset_bytes_counts_only(dataset_bytes):
    """The answer is an int, counted without making the array."""
    expect_whole_number(dataset_bytes(7, 5, 3), "dataset_bytes(7, 5, 3)")
    try:  # more than any machine can address
        expect_bytes(dataset_bytes, 10**8, 1024, 1024, itemsize=4)
    except MemoryError as error:
        raise CheckFailed(
            "dataset_bytes(100000000, 1024, 1024) ran out of memory: it made an array of that "
            "size. Multiply the sizes instead."
        ) from error


def expect_steps(steps_per_epoch, num_samples, batch_size, expected):
    received = steps_per_epoch(num_samples, batch_size)
    hint = ""
    if received == num_samples // batch_size < expected:
        hint = " The remaining samples need a batch, too: round up."
    elif received == expected + 1:
        hint = " There is no rest here, so no further batch."
    expect(
        received == expected,
        f"steps_per_epoch({num_samples}, {batch_size}) must be {expected}. "
        f"Received: {received!r}.{hint}",
    )


@check(generators.steps_per_epoch)
def steps_per_epoch_rounds_up(steps_per_epoch):
    """Steps are counted up: the rest is a batch, too."""
    rng = np.random.default_rng()
    for _ in range(20):
        batch_size, full = (int(n) for n in rng.integers(2, 100, 2))
        rest = int(rng.integers(1, batch_size))
        expect_steps(steps_per_epoch, batch_size * full + rest, batch_size, full + 1)
    expect_whole_number(steps_per_epoch(70, 16), "steps_per_epoch(70, 16)")


@check(generators.steps_per_epoch)
def steps_per_epoch_edges(steps_per_epoch):
    """Full batches leave no rest; one sample takes one step, none takes none."""
    for batch_size in np.random.default_rng().integers(2, 100, 5).tolist():
        expect_steps(steps_per_epoch, batch_size * 7, batch_size, 7)
        expect_steps(steps_per_epoch, 1, batch_size, 1)
        expect_steps(steps_per_epoch, 0, batch_size, 0)


@check(generators.steps_per_epoch)
def steps_per_epoch_refuses(steps_per_epoch):
    """A batch size below 1 is a ValueError."""
    for batch_size in (0, -4):
        try:
            received = steps_per_epoch(10, batch_size)
        except ValueError:
            continue
        except ZeroDivisionError:
            received = "a ZeroDivisionError"
        raise CheckFailed(
            f"steps_per_epoch(10, {batch_size}) must raise a ValueError that says what is wrong. "
            f"Received: {received}"
        )
