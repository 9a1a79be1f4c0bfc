"""Writes the values of validation over those of training.

points: 7
hint: "val_loss" must be a list with a value for each
"""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    history = {}
    for _ in range(epochs):
        sums, count = {}, 0
        for _ in range(steps_per_epoch):
            x, y = next(generator)
            for name, value in model.train_on_batch(x, y, return_dict=True).items():
                sums[name] = sums.get(name, 0) + value * len(x)
            count += len(x)
        logs = {name: total / count for name, total in sums.items()}
        if validation_data is not None:
            sums, count = {}, 0
            for _ in range(validation_steps):
                x, y = next(validation_data)
                for name, value in model.test_on_batch(x, y, return_dict=True).items():
                    sums[name] = sums.get(name, 0) + value * len(x)
                count += len(x)
            logs.update({name: total / count for name, total in sums.items()})
        for name, value in logs.items():
            history.setdefault(name, []).append(value)
    return history
