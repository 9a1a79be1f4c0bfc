"""Unfreezes everything under a head that is not trained, at a rate of 0.1: what was learned is lost.

points: 1
hint: The baseline from scratch comes about as far
"""


def your_classifier(base, train, valid, num_classes):
    model = transfer.build_classifier(base, num_classes)
    base.trainable = True
    model.compile(keras.optimizers.SGD(10.0), "categorical_crossentropy", run_eagerly=True)
    for i in range(3):
        model.train_on_batch(*train[i])
    return model
