"""What instructors run: grading in a sandbox, in parallel, with feedback that gives no test away.

Lessons never import it. `nbgrader_config.py` hands it to nbgrader; `python -m grading` grades a
lesson with several workers.
"""
