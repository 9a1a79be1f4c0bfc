"""Validates before the epoch, not after it.

points: 7
hint: after the last step of each epoch
"""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    history = {}

    def run(method, batches, steps, prefix):
        sums, count = {}, 0
        for _ in range(steps):
            x, y = next(batches)
            for name, value in method(x, y, return_dict=True).items():
                sums[name] = sums.get(name, 0) + value * len(x)
            count += len(x)
        for name, total in sums.items():
            history.setdefault(prefix + name, []).append(total / count)

    for _ in range(epochs):
        if validation_data is not None:
            run(model.test_on_batch, validation_data, validation_steps, "val_")
        run(model.train_on_batch, generator, steps_per_epoch, "")
    return history
