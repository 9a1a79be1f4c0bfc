"""Leaves the validation out.

points: 7
hint: "val_loss" must be a list
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
        for name, total in sums.items():
            history.setdefault(name, []).append(total / count)
    return history
