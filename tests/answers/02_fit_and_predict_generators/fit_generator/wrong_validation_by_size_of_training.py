"""Weighs the validation batches by `len(x)`, which is left over from training.

points: 7
hint: one has 6 and the other 2
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
                x_valid, y_valid = next(validation_data)
                values = model.test_on_batch(x_valid, y_valid, return_dict=True)
                for name, value in values.items():
                    sums[f"val_{name}"] = sums.get(f"val_{name}", 0) + value * len(x)
                count += len(x)
            logs |= {name: total / count for name, total in sums.items()}
        for name, value in logs.items():
            history.setdefault(name, []).append(value)
    return history
