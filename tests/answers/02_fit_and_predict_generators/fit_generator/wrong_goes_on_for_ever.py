"""Waits for the generator to end an epoch.

points: 0
hint: goes on for ever
"""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    history = {"loss": [], "accuracy": []}
    for _ in range(epochs):
        losses = []
        for x, y in generator:
            losses.append(model.train_on_batch(x, y))
        for name, value in zip(history, np.mean(losses, 0)):
            history[name].append(value)
    return history
