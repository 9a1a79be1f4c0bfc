"""Trains on each batch twice, once for the loss and once for the metrics.

points: 4
hint: trained on once
"""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    history = {}
    for _ in range(epochs):
        sums, count = {}, 0
        for _ in range(steps_per_epoch):
            x, y = next(generator)
            model.train_on_batch(x, y)
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
