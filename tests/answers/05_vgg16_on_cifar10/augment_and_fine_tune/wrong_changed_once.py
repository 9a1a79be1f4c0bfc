"""Changes all images once, before training: every epoch sees the same copies.

points: 6
hint: Draw anew for each batch and epoch
"""


def augment_and_fine_tune(model, base, train, valid, block, learning_rate, epochs, callbacks=()):
    rng = np.random.default_rng()
    x, y = map(np.concatenate, zip(*[train[i] for i in range(len(train))]))
    x = np.stack([np.roll(image, rng.integers(1, 9), 1) for image in x])
    transfer.unfreeze_top(model, base, block, learning_rate)
    history = model.fit(
        x, y, batch_size=8, validation_data=valid, epochs=epochs, callbacks=list(callbacks)
    )
    return model, history
