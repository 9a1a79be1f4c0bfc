"""Adds up over all epochs: the sums are made before the loop.

points: 7
hint: average over the steps of the epoch
"""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    history, sums, count = {}, {}, 0
    for _ in range(epochs):
        for _ in range(steps_per_epoch):
            x, y = next(generator)
            for name, value in model.train_on_batch(x, y, return_dict=True).items():
                sums[name] = sums.get(name, 0) + value * len(x)
            count += len(x)
        logs = {name: total / count for name, total in sums.items()}
        if validation_data is not None:
            valid = model.evaluate(
                validation_data, steps=validation_steps, verbose=0, return_dict=True
            )
            logs |= {f"val_{name}": value for name, value in valid.items()}
        for name, value in logs.items():
            history.setdefault(name, []).append(value)
    return history
