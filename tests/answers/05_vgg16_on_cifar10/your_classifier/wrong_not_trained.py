"""Builds a classifier, compiles it and returns it: nothing was trained.

points: 1
hint: is it the one that was trained
"""


def your_classifier(base, train, valid, num_classes):
    model = transfer.build_classifier(base, num_classes)
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model
