"""Runs the benchmarks: ours and the peers in turns, on the same files, in one run.

    python -m tests.benchmarks [--quick] [NAME ...]

NAME is one or more of pipelines, scale, memory, augmentation, features, grading; all by default. A
full run takes about 14 minutes and writes into `tests/benchmarks/results` what the README shows: a
CSV file of all figures, and a picture of the pipelines. A run of some benchmarks replaces theirs.
`--quick` takes about 3 minutes, has few rounds, and writes into `benchmarks/quick` of the data
folder; its figures mean little. What is not installed is named below the tables:
`pip install -e ".[bench]"` brings the peers.
"""

import argparse
import gc
import importlib
import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("COURSE_PROFILE", "offline")

from pathlib import Path

from helpers.paths import data_dir

from . import report, timing

NAMES = ("pipelines", "scale", "memory", "augmentation", "features", "grading")


def main(argv=None):
    parser = argparse.ArgumentParser("benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help="fewer images and rounds")
    args = parser.parse_args(argv)
    unknown = set(args.names) - set(NAMES)
    if unknown:
        parser.error(f"NAME must be one of {', '.join(NAMES)}. Received: {', '.join(unknown)}")
    begin = time.perf_counter()
    print(f"{timing.machine()}. Medians of rounds, in brackets the quartiles.\n")
    gc.freeze()  # the imports, out of every search for garbage
    done = {}
    for name in args.names or NAMES:
        for comparison in importlib.import_module(f"{__package__}.{name}").comparisons(args.quick):
            print(comparison, flush=True)
            done.setdefault(name, []).append(comparison)
    folder = (
        data_dir() / "benchmarks" / "quick" if args.quick else Path(__file__).parent / "results"
    )
    for path in report.write(done, folder):
        print(f"Written: {path}")
    print(f"{time.perf_counter() - begin:.0f} s")


if __name__ == "__main__":
    main()
