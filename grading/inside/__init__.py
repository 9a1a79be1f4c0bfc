"""What runs beside a submission: the server that forks, the walls, and the shell in them.

These modules see no course file, no gradebook and no test. They are all that is bound into the
sandbox from this package, together with the student's side of the judge.
"""
