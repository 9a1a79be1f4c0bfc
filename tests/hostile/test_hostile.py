"""Hostile and broken submissions, graded in one batch between honest ones: nobody gets or loses
more than is due, nothing outside the results changes, and nothing stays behind."""

import hashlib
import os
import re
import socket
import subprocess
import sys
import threading

import course
import nbformat
import psutil
import pytest
from breaking import BREAKING
from cheating import CHEATING, LEAKING
from folders import FOLDERS
from hostile_lesson import ALL, LESSON, POINTS, SECRET, handed_in, solution
from nbgrader.api import MissingEntry

from grading import bwrap

CODE = {**BREAKING, **CHEATING, **LEAKING}
HONEST = ["a_honest", "m honest [2]", "z_honest"]
SETTINGS = [
    "--Execute.timeout=4",
    "--SandboxedExecute.notebook_timeout=20",
    "--SandboxedExecute.grace=1",
    "--SandboxedExecute.memory=1073741824",
    "--SandboxedExecute.disk=67108864",
    "--SandboxedExecute.preload=numpy",
]

pytestmark = [
    pytest.mark.skipif(bool(bwrap.why_not()), reason=f"no sandbox: {bwrap.why_not()[:200]}"),
    pytest.mark.xdist_group("hostile"),
]


class Listener(threading.Thread):
    """A server on this machine that no submission may reach."""

    def __init__(self):
        super().__init__(daemon=True)
        self.server, self.calls = socket.create_server(("127.0.0.1", 0)), 0
        self.port = self.server.getsockname()[1]

    def run(self):
        while True:
            self.server.accept()
            self.calls += 1


def hashes(folder):
    """`{path: hash}` of all files that grading must leave as they are."""
    found = {}
    for room in ("solutions", "lessons", "submitted", "nbgrader_config.py"):
        for path in sorted([folder / room, *(folder / room).rglob("*")]):
            regular = path.is_file() and not path.is_symlink()
            content = hashlib.sha256(path.read_bytes()).hexdigest() if regular else ""
            found[str(path)] = (path.lstat().st_mode, content)
    return found


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "written" / LESSON).mkdir(parents=True)
    nbformat.write(solution(), folder / "written" / LESSON / f"{LESSON}.ipynb")
    copy = course.CourseCopy(folder / "course", folder / "written")
    copy.release()
    released, listener = copy.notebook("lessons", LESSON), Listener()
    listener.start()
    for student in [*HONEST, *CODE, *FOLDERS]:
        answers = CODE.get(student, (0, {}))[1]
        answers = {name: text.replace("PORT", str(listener.port)) for name, text in answers.items()}
        copy.submit(student, LESSON, handed_in(course.read(released), **answers))
        if student in FOLDERS:
            FOLDERS[student][1](copy.notebook("submitted", LESSON, student).parent)
    data = folder / "data"
    for name, text in (("tiles/16px/drawn", "a tile"), ("activity/head/model", "swordfish")):
        (data / name).parent.mkdir(parents=True)
        (data / name).write_text(text)
    copy.before, copy.listener = hashes(copy.folder), listener
    copy.done = subprocess.run(
        [sys.executable, "-m", "grading", LESSON, "--workers=2", *SETTINGS],
        cwd=copy.folder,
        env={**os.environ, "INSTRUCTORS_SECRET": "swordfish", "COURSE_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        timeout=900,
    )
    return copy


def score(batch, student):
    try:
        return batch.score(student, LESSON)
    except MissingEntry:
        return None


def outputs(batch, student):
    return "\n".join(
        str(cell.outputs)
        for cell in batch.executed(student, LESSON).cells
        if cell.cell_type == "code"
    )


@pytest.mark.parametrize("student", HONEST)
def test_an_honest_submission_among_them_gets_full_marks(batch, student):
    assert score(batch, student) == ALL, batch.done.stdout + batch.done.stderr


@pytest.mark.parametrize("student", CODE)
def test_code_gets_what_is_due_and_no_more(batch, student):
    assert score(batch, student) == CODE[student][0], outputs(batch, student)


@pytest.mark.parametrize("student", FOLDERS)
def test_files_get_what_is_due_or_a_reason(batch, student):
    due, _, *reason = FOLDERS[student]
    assert score(batch, student) == due, batch.done.stdout
    if due is None:
        assert re.search(rf"NO SCORE  {student}: .*{reason[0]}", batch.done.stdout)
        assert not batch.notebook("autograded", LESSON, student).exists()


@pytest.mark.parametrize("student", [*CODE, *FOLDERS])
def test_no_check_changes_its_worth_or_waits_for_a_person(batch, student):
    if score(batch, student) is not None:
        grades = batch.grades(student, LESSON)
        assert {n: g.most for n, g in grades.items() if n != "why"} == POINTS
        assert not any(grades[name].waits for name in POINTS)


@pytest.mark.parametrize("student", CODE)
def test_no_output_shows_a_hidden_test_or_what_is_the_instructors(batch, student):
    shown = outputs(batch, student)
    assert SECRET not in shown and "abab" not in shown.replace("'abab'\\n", "")
    assert "swordfish" not in shown and "nbgrader" not in shown
    assert len(shown) < 10_000_000


def test_nothing_but_results_has_changed(batch):
    assert hashes(batch.folder) == batch.before
    assert {p.name for p in batch.folder.iterdir()} == {
        *("solutions", "lessons", "submitted", "autograded"),
        *("gradebook.db", "nbgrader_config.py", ".grading"),
    }
    assert not [p for p in (batch.folder / ".grading").iterdir() if p.is_dir()]
    assert not os.path.exists("/tmp/hostile")
    for path in (batch.folder / "autograded").rglob("*"):
        assert not path.is_symlink() and (path.is_file() or path.is_dir())


def test_no_process_stays(batch):
    commands = [" ".join(p.info["cmdline"] or []) for p in psutil.process_iter(["cmdline"])]
    assert not [c for c in commands if "sleep 12345" in c or str(batch.folder) in c]


def test_nobody_reached_the_network(batch):
    assert batch.listener.calls == 0
    assert "reached" not in outputs(batch, "reaches_the_network").replace("'reached'", "")


def test_the_summary_names_all_without_a_score(batch):
    failed = [name for name, (due, *_) in FOLDERS.items() if due is None]
    total = len([*HONEST, *CODE, *FOLDERS])
    assert f"{total - len(failed)} graded, {len(failed)} without a score" in batch.done.stdout
    assert batch.done.returncode == 1
