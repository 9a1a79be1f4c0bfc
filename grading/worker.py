"""One of several grading processes: takes a student a line, answers with a line of JSON.

`python -m grading.worker LESSON FORCE LOG [nbgrader options]`, started by `grading.parallel`.
"""

import dataclasses
import glob
import json
import os
import sys

from nbgrader.apps.autogradeapp import AutogradeApp
from nbgrader.converters.base import NbGraderException


def main(argv=None):
    lesson, force, log, *options = argv or sys.argv[1:]
    end_with_parent()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    fd = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(fd, 1)
    os.dup2(fd, 2)
    app = AutogradeApp()
    app.initialize([lesson, *options])
    # SQLite lets one process write at a time; the others wait, for 5 seconds by default.
    app.coursedir.db_url += ("&" if "?" in app.coursedir.db_url else "?") + "timeout=120"
    app.coursedir.assignment_id = lesson
    for line in sys.stdin:
        print(json.dumps(grade(app, json.loads(line), force == "force")), file=answers, flush=True)


def grade(app, student, force):
    """Grades one student's submission. Returns a `Result` as a dict."""
    from grading.converter import Result, SandboxedAutograde

    app.coursedir.student_id = glob.escape(student)
    converter = SandboxedAutograde(coursedir=app.coursedir, parent=app)
    converter.force = force
    try:
        converter.start()
    except NbGraderException as error:
        if not converter.results:
            converter.results.append(Result(student, reason=str(error)))
    return dataclasses.asdict(converter.results[0])


def end_with_parent():
    """On Linux, this process is killed when the one that started it is."""
    if sys.platform.startswith("linux"):
        from grading.inside import walls

        walls.libc.prctl(1, 9, 0, 0, 0)  # PR_SET_PDEATHSIG, SIGKILL


if __name__ == "__main__":
    main()
