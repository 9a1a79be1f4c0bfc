"""Uses train_on_batch for validation, too, which spoils its values as well.

points: 6
hint: came from validation_data
hint: makes the validation worthless
"""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    history = {}

    def run(batches, steps, prefix):
        sums, count = {}, 0
        for _ in range(steps):
            x, y = next(batches)
            for name, value in model.train_on_batch(x, y, return_dict=True).items():
                sums[name] = sums.get(name, 0) + value * len(x)
            count += len(x)
        for name, total in sums.items():
            history.setdefault(prefix + name, []).append(total / count)

    for _ in range(epochs):
        run(generator, steps_per_epoch, "")
        if validation_data is not None:
            run(validation_data, validation_steps, "val_")
    return history
