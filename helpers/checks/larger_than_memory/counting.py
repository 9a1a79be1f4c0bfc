"""Checks of `dataset_bytes` and `steps_per_epoch`: numbers, by hand."""

import numbers

import numpy as np

from helpers import batches
from helpers.checks import CheckFailed, check, expect, no_endless_loop

counts_steps = check(batches.steps_per_epoch, batches.check_table)


def expect_whole_number(value, call):
    expect(
        isinstance(value, numbers.Integral) and not isinstance(value, bool),
        f"{call} must be a whole number of type int. Received: {value!r} ({type(value).__name__})",
    )


def expect_bytes(dataset_bytes, *args, itemsize, **kwargs):
    received = dataset_bytes(*args, **kwargs)
    pixels, channels = int(np.prod(args)), kwargs.get("channels", 3)
    expected = pixels * channels * itemsize
    shown = [repr(arg) for arg in args] + [f"{k}={v!r}" for k, v in kwargs.items()]
    hints = {
        pixels * itemsize: f"were the {channels} channels of each pixel counted?",
        pixels * 3 * itemsize: f"count {channels} channels, not always 3",
        pixels * channels: f"that is the number of values; each takes {itemsize} bytes as "
        f"{kwargs.get('dtype', 'float32')}",
        pixels * channels * 4: "each dtype has a size of its own: see `np.dtype(dtype).itemsize`",
        expected * 8: "that is bits; a byte has 8",
    }
    hint = next((f": {h}" for wrong, h in hints.items() if received == wrong), "")
    expect(
        received == expected,
        f"dataset_bytes({', '.join(shown)}) must be {expected:,} bytes. "
        f"Received: {received!r}{hint}.",
    )


def random_sizes():
    num_images, height, width = np.random.default_rng().integers(20, 200, 3)
    return int(num_images), int(height), int(width)


@check()
def dataset_bytes_float32(dataset_bytes):
    """Images, height, width, channels and 4 bytes for a float32 are multiplied."""
    for _ in range(3):
        expect_bytes(dataset_bytes, *random_sizes(), itemsize=4)


@check()
def dataset_bytes_other_dtypes(dataset_bytes):
    """Every dtype counts with its own size, and any number of channels."""
    for dtype, itemsize in [("uint8", 1), ("float16", 2), ("float64", 8)]:
        expect_bytes(dataset_bytes, *random_sizes(), dtype=dtype, itemsize=itemsize)
    for channels in (1, 4):
        expect_bytes(dataset_bytes, *random_sizes(), channels=channels, itemsize=4)


@check()
def dataset_bytes_counts_only(dataset_bytes):
    """The answer is an int, counted without making the array."""
    one = dataset_bytes(1, 1024, 1024)
    expect_whole_number(one, "dataset_bytes(1, 1024, 1024)")
    expect(one > 0, f"dataset_bytes(1, 1024, 1024) must be above 0. Received: {one}")
    call = "dataset_bytes(100000000, 1024, 1024)"
    try:  # more than any machine can address
        received = dataset_bytes(10**8, 1024, 1024)
    except MemoryError as error:
        raise CheckFailed(
            f"{call} ran out of memory: it made an array of that size. Multiply the sizes instead."
        ) from error
    expect_whole_number(received, call)
    expect(
        received == 10**8 * int(one),
        f"{call} must be 100000000 times the bytes of one image, {10**8 * int(one):,}. Received: "
        f"{received!r}. Was it counted in int32, which overflows? A Python int does not.",
    )


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


@counts_steps
def steps_per_epoch_rounds_up(steps_per_epoch):
    """Steps are counted up: the rest is a batch, too."""
    rng = np.random.default_rng()
    for _ in range(20):
        batch_size, full = (int(n) for n in rng.integers(2, 100, 2))
        rest = int(rng.integers(1, batch_size))
        expect_steps(steps_per_epoch, batch_size * full + rest, batch_size, full + 1)
        expect_steps(steps_per_epoch, rest, batch_size, 1)
    expect_steps(steps_per_epoch, 71, 10, 8)  # a rest of one
    expect_whole_number(steps_per_epoch(70, 16), "steps_per_epoch(70, 16)")


@counts_steps
def steps_per_epoch_edges(steps_per_epoch):
    """Full batches leave no rest; no sample takes no step."""
    for batch_size in [1, *np.random.default_rng().integers(2, 100, 5).tolist()]:
        expect_steps(steps_per_epoch, batch_size, batch_size, 1)
        expect_steps(steps_per_epoch, batch_size * 7, batch_size, 7)
        expect_steps(steps_per_epoch, 0, batch_size, 0)


@counts_steps
def steps_per_epoch_refuses(steps_per_epoch):
    """A batch size below 1 is a ValueError."""
    for batch_size in (0, -4):
        call = f"steps_per_epoch(10, {batch_size})"
        try:
            with no_endless_loop(call, f"Look at the batch size first: {batch_size} is none."):
                received = repr(steps_per_epoch(10, batch_size))
            if "Error" in received:  # also of a class, or in words
                received += ", returned, not raised"
        except ValueError:
            continue
        except (CheckFailed, NotImplementedError):
            raise
        except Exception as error:
            received = f"{type(error).__name__}: {error}"
        raise CheckFailed(
            f"{call} must raise a ValueError that says what is wrong. Received: {received}"
        )
