"""Hands the work to the reference.

points: 0
hint: Write the code yourself
"""


def unfreeze_top(model, base, block, learning_rate):
    from helpers import transfer

    return transfer.unfreeze_top(model, base, block, learning_rate)
