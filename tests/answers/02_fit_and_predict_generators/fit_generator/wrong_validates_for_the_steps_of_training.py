"""Takes as many validation batches as training has, not validation_steps.

points: 7
hint: take validation_steps batches
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
            for _ in range(steps_per_epoch):
                x, y = next(validation_data)
                for name, value in model.test_on_batch(x, y, return_dict=True).items():
                    sums[name] = sums.get(name, 0) + value * len(x)
                count += len(x)
            logs.update({"val_" + name: total / count for name, total in sums.items()})
        for name, value in logs.items():
            history.setdefault(name, []).append(value)
    return history
