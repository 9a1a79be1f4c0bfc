"""Judges answers from another process than theirs, so that no answer can read or change a check.

The checks run on the grader's side, unchanged, in a process of their own: `run_check`. The answer
lives at the other end of a channel: `grading.judge.student.serve`. Between them go messages of
plain data: numbers, text, arrays, tables. What is no data, such as a generator or a model, stays
where it is and is asked step by step.

What the answer's process says of itself cannot be proved from outside. A process that was rewritten
to lie can hide that an array or a table was changed in place, that the base has batches that went
around it, or that files are decoded one after the other, and it can undo that the references in
`helpers` refuse: anybody can read these. To lie takes more than to be right. What an answer
returns, and what it takes of the check's batches, images and models, is seen or counted here.
"""

from grading.judge.channel import PipeChannel
from grading.judge.run import Outcome, leave, run_check

__all__ = ["Outcome", "PipeChannel", "leave", "run_check"]
