"""How nbgrader releases and grades this course.

Every nbgrader command, JupyterLab's Validate button and the formgrader read this file when they are
started in this folder.
"""

import os
import sys
from pathlib import Path

from nbconvert.preprocessors import ClearMetadataPreprocessor, CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    GetGrades,
    IgnorePattern,
    LimitOutput,
    SaveAutoGrades,
)

try:
    from grading import converter
    from grading.execute import SandboxedExecute
    from grading.feedback import HideTests, SafeOutputs
except ImportError as error:
    # nbgrader only logs an error in this file, and would go on to grade without a sandbox.
    raise SystemExit(f"nbgrader_config.py needs the course's own environment: {error}") from error

c = get_config()  # noqa: F821  (nbgrader provides it)

# nbgrader starts `alembic` by its bare name; without it the first command leaves half a gradebook.
# So the tools beside this Python come first, whether or not the environment is activated.
TOOLS = str(Path(sys.executable).parent)
if os.environ.get("PATH", "").split(os.pathsep)[0] != TOOLS:
    os.environ["PATH"] = TOOLS + os.pathsep + os.environ.get("PATH", "")

# --- Where things stand --------------------------------------------------------------------------
c.CourseDirectory.source_directory = "solutions"  # edited by hand
c.CourseDirectory.release_directory = "lessons"  # made from solutions by `make release`

# --- What a student finds in place of an answer --------------------------------------------------
c.ClearSolutions.code_stub = {
    "python": "# Write your code here in place of the next line.\nraise NotImplementedError"
}
c.ClearSolutions.text_stub = "Write your answer here."

# --- How a notebook runs when it is graded or validated ------------------------------------------
# nbgrader's 30 seconds are too few for a cell that trains: the activity promises two minutes, and
# the machine that grades may be slower than the student's. An endless loop still ends.
c.Execute.timeout = 600

# These lines run in the kernel before the first cell, so that a student's own kernels keep theirs.
# - COURSE_PROFILE=offline: the same data and weights for everybody, no network.
# - TF_CPP_MIN_LOG_LEVEL=3: no log lines of TensorFlow's native code, which go to stderr.
# - stderr becomes stdout: nbgrader gives 0 points to a check that leaves a warning on stderr. This
#   way warnings stay readable and cost nothing, for the grader and for the Validate button alike.
c.Execute.extra_arguments = [
    "--IPKernelApp.exec_lines=" + line
    for line in (
        "__import__('os').environ.update(COURSE_PROFILE='offline', TF_CPP_MIN_LOG_LEVEL='3')",
        "__import__('sys').stderr = __import__('sys').stdout",
    )
]
# A traceback names the student's line and the message, without pages of source around them.
c.Execute.extra_arguments.append("--InteractiveShell.xmode=Plain")

# What native code still writes to stderr is dropped before the score is taken.
c.IgnorePattern.enabled = True
c.IgnorePattern.pattern = r"(?s)."

# A check that was deleted comes back; otherwise it would wait for a person instead of scoring 0.
c.OverwriteCells.add_missing_cells = True

# --- Grading --------------------------------------------------------------------------------------
# Every submission is read with care, runs in a sandbox and is put in place when it is done. Its
# limits, such as `c.SandboxedExecute.memory`, are in grading/execute.py.
converter.install()
c.Autograde.autograde_preprocessors = [
    SandboxedExecute,
    IgnorePattern,
    ClearMetadataPreprocessor,
    LimitOutput,
    SaveAutoGrades,
    AssignLatePenalties,
    CheckCellMetadata,
]

# --- Feedback ------------------------------------------------------------------------------------
# Students see their code, the messages, the pictures and the points. The text of hidden checks is
# left out, in tracebacks too, and so is what a student's output would run in another's browser.
c.GenerateFeedback.preprocessors = [
    GetGrades,
    HideTests,
    ClearHiddenTests,
    SafeOutputs,
    CSSHTMLHeaderPreprocessor,
]
c.GenerateFeedback.exporter_class = "grading.feedback.SafeHTMLExporter"
