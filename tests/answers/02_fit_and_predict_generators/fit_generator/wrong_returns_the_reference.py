"""Returns the reference.

points: 0
hint: hands the work to the reference
"""

fit_generator = generators.fit_generator
