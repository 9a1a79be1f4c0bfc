"""Judges answers from another process than theirs, so that no answer can read or change a check.

The checks run on the grader's side, unchanged, in a process of their own: `run_check`. The answer
lives at the other end of a channel: `grading.judge.student.serve`. Between them go messages of
plain data: numbers, text, arrays, tables. What is no data, such as a generator or a model, stays
where it is and is asked step by step.
"""

from grading.judge.channel import PipeChannel
from grading.judge.run import Outcome, leave, run_check

__all__ = ["Outcome", "PipeChannel", "leave", "run_check"]
