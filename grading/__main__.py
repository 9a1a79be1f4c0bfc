"""Grades the submissions of a lesson: `python -m grading LESSON`, in the course folder.

It can be killed at any moment; started again, it goes on with those that have no result.
"""

import argparse
import sys

from grading import parallel


def main(argv=None):
    parser = argparse.ArgumentParser(
        prog="python -m grading",
        description=__doc__,
        epilog="Further options go to nbgrader, such as --Execute.timeout=900.",
    )
    parser.add_argument("lesson")
    parser.add_argument(
        "--workers", type=int, help="processes; by default one a core, as far as memory reaches"
    )
    parser.add_argument(
        "--force", action="store_true", help="grade again what has a result already"
    )
    args, options = parser.parse_known_args(argv)
    if args.workers is not None and args.workers < 1:
        parser.error(f"--workers must be at least 1. Received: {args.workers}")
    unknown = [option for option in options if not option.startswith("-")]
    if unknown:
        parser.error(f"one lesson at a time. Received also: {' '.join(unknown)}")
    results = parallel.run(args.lesson, args.workers, args.force, options)
    return 0 if all(r.graded or r.skipped for r in results) else 1


if __name__ == "__main__":
    sys.exit(main())
