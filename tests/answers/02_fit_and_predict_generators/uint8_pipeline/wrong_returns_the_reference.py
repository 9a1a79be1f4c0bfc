"""Returns the reference.

points: 0
hint: hands the work to the reference
"""

make_dataset = generators.make_dataset
