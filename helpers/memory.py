"""Measures the memory of a task in a process of its own, with a real cap where one is wanted.

`python -m helpers.memory` is the child; learners call `measure_memory`.
"""

import argparse
import contextlib
import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import pandas as pd
import psutil

MB = 2**20


@dataclasses.dataclass
class MemoryRun:
    """What `measure_memory` saw.

    Attributes:
        seconds: float array `(n,)`, since the task began.
        megabytes: float array `(n,)`, resident memory above the start of the task, in MiB.
        outcome: str, what the child said at its end.
        finished: bool, whether it came to its end.
        cap_mb: int or None.
    """

    seconds: np.ndarray
    megabytes: np.ndarray
    outcome: str
    finished: bool
    cap_mb: int | None


def load_everything(df, path_tiles, batch_size):
    """Reads all images into one float32 array, as older tutorials do; returns their number."""
    from helpers.generators import read_image

    images = [read_image(Path(path_tiles, name)) for name in df["tile_name"]]
    x = np.array(images, dtype=np.float32) / 255
    return len(x)


def iterate_batches(df, path_tiles, batch_size):
    """Takes one pass over `batch_generator`; returns the number of images seen."""
    from helpers.generators import batch_generator, steps_per_epoch

    num_classes = int(df["y"].max()) + 1
    batches = batch_generator(df, batch_size, path_tiles, num_classes)
    return sum(len(next(batches)[0]) for _ in range(steps_per_epoch(len(df), batch_size)))


TASKS = {"load_everything": load_everything, "iterate_batches": iterate_batches}


def measure_memory(task, df, path_tiles, batch_size=32, cap_mb=None):
    """Runs a task in a child process and watches its memory.

    Args:
        task: `"load_everything"` or `"iterate_batches"`.
        df: DataFrame with `tile_name` and `y`.
        path_tiles: str or Path, the folder of the images.
        batch_size: int.
        cap_mb: int or None, MiB that the task may take above what the child has at its start. On
            Linux the kernel enforces it and an allocation above it fails with a MemoryError;
            elsewhere a thread of the child watches its memory and ends it.

    Returns:
        A `MemoryRun`. A task that fails for want of memory is a result, not an error.

    Raises:
        ValueError: for an unknown task.
        RuntimeError: where the child fails for another reason, with what it said.
    """
    if task not in TASKS:
        raise ValueError(f"`task` must be one of {list(TASKS)}. Received: task={task!r}")
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder, "index.csv")
        df.to_csv(index, index=False)
        command = [sys.executable, "-m", "helpers.memory", task, str(index), str(path_tiles)]
        command += [str(batch_size), str(cap_mb or 0)]
        child = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.PIPE,
            text=True,
        )
        ready = child.stdout.readline()
        if ready.strip() != "ready":
            raise RuntimeError(f"The child process did not start: {child.communicate()[1]}")
        seconds, megabytes = watch(
            child.pid,
            lambda: print("go", file=child.stdin, flush=True),
            lambda: child.poll() is not None,
        )
        said, errors = child.communicate()
    try:
        result = json.loads(said)
    except ValueError:
        raise RuntimeError(
            f"The child process failed with exit status {child.returncode}: {errors.strip()}"
        ) from None
    during = seconds <= result["seconds"]  # afterwards the child only ends
    return MemoryRun(
        seconds[during], megabytes[during], result["outcome"], result["finished"], cap_mb
    )


def watch(pid, begins, has_ended, interval=0.01):
    """Samples the memory of a process from `begins()` on, until `has_ended()`.

    Returns:
        `(seconds, megabytes)`: float arrays `(n,)`, the memory in MiB above the start. Where the
        system tells (Linux), the pages of files are left out, such as the code of libraries.
    """

    def memory():
        info = process.memory_info()
        return info.rss - getattr(info, "shared", 0)

    process = psutil.Process(pid)
    start, begin = memory(), time.perf_counter()
    samples = [(0.0, 0.0)]
    begins()
    while not has_ended():
        now = time.perf_counter() - begin
        with contextlib.suppress(psutil.NoSuchProcess):
            samples.append((now, (memory() - start) / MB))
        time.sleep(interval)
    seconds, megabytes = np.array(samples).T
    return seconds, megabytes


def report(finished, outcome, begin):
    """Prints the last line of the child, which the parent reads."""
    seconds = time.perf_counter() - begin
    print(json.dumps({"finished": finished, "outcome": outcome, "seconds": seconds}), flush=True)


def cap_memory(cap_mb):
    """Limits what this process may take from now on to `cap_mb` MiB more."""
    if sys.platform == "linux":
        import resource

        used = next(
            int(line.split()[1]) * 1024
            for line in Path("/proc/self/status").read_text().splitlines()
            if line.startswith("VmData")
        )
        limit = used + cap_mb * MB
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        return
    process, begin = psutil.Process(), time.perf_counter()
    limit = process.memory_info().rss + cap_mb * MB

    def end_above():
        while process.memory_info().rss <= limit:
            time.sleep(0.002)
        report(False, f"MemoryError: more than {cap_mb} MiB above the start", begin)
        os._exit(0)

    threading.Thread(target=end_above, daemon=True).start()


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("index", type=Path)
    parser.add_argument("path_tiles", type=Path)
    parser.add_argument("batch_size", type=int)
    parser.add_argument("cap_mb", type=int)
    args = parser.parse_args(argv)
    import helpers.generators  # noqa: F401  its weight belongs to the start, not to the task

    df = pd.read_csv(args.index)
    print("ready", flush=True)
    sys.stdin.readline()
    if args.cap_mb:
        cap_memory(args.cap_mb)
    begin = time.perf_counter()
    try:
        count = TASKS[args.task](df, args.path_tiles, args.batch_size)
    except Exception as error:
        # OpenCV has an error of its own for "Insufficient memory".
        if not isinstance(error, MemoryError) and "memory" not in str(error).lower():
            raise
        report(False, f"MemoryError: {error}", begin)
    else:
        report(True, f"{count} images in {time.perf_counter() - begin:.1f} s", begin)


if __name__ == "__main__":
    main()
