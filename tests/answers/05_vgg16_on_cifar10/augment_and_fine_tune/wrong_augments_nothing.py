"""Fine-tunes on the images as they are.

points: 6
hint: Change them at random: mirror, shift, zoom
"""


def augment_and_fine_tune(model, base, train, valid, block, learning_rate, epochs, callbacks=()):
    transfer.unfreeze_top(model, base, block, learning_rate)
    history = model.fit(train, validation_data=valid, epochs=epochs, callbacks=list(callbacks))
    return model, history
