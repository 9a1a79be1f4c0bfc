"""Hands the work to the reference.

points: 0
hint: Write the code yourself
"""


def build_classifier(base, num_classes):
    from helpers import transfer

    return transfer.build_classifier(base, num_classes)
