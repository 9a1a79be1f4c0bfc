"""A picture of which rows reached a model, and where."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.plots import COLOURS, STYLE


def plot_rows(answers, num_rows):
    """Shows which row of a table stands at each place of some answers.

    Args:
        answers: dict from a label to the row numbers in the order in which they came.
        num_rows: int, rows of the table; place i should hold row i.

    Returns:
        The matplotlib Figure: a line for each answer, a square for each place. A place that holds
        its own row is blue, any other orange and bold, one that stayed empty is hatched.
    """
    most = max(num_rows, *map(len, answers.values()))
    with plt.rc_context(STYLE):
        figure, axis = plt.subplots(figsize=(0.5 * most + 2, 0.45 * len(answers) + 0.9))
        for line, rows in enumerate(answers.values()):
            for place in range(max(num_rows, len(rows))):
                there = place < len(rows)
                right = there and rows[place] == place
                colour = COLOURS[5] if right else COLOURS[4] if there else "white"
                axis.add_patch(
                    plt.Rectangle(
                        (place - 0.47, line - 0.44), 0.94, 0.88, facecolor=colour,
                        edgecolor="0.5", linewidth=0.5, hatch="" if there else "///",
                    )
                )  # fmt: skip
                if there:
                    weight = "normal" if right else "bold"
                    axis.text(
                        place, line, int(rows[place]), ha="center", va="center", weight=weight
                    )
        axis.set(xlim=(-0.6, most - 0.4), ylim=(len(answers) - 0.4, -0.6))
        axis.set(xlabel="place in the answer (in each square: the row that came)")
        axis.set_xticks(np.arange(most))
        axis.set_yticks(range(len(answers)), answers)
        axis.tick_params(length=0)
        for side in ("left", "bottom"):
            axis.spines[side].set_visible(False)
        figure.tight_layout()
    plt.close(figure)
    return figure
