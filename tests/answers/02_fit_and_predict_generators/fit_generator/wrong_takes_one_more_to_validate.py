"""Counts validation batches by `zip`, which takes one more before it looks at the range.

points: 7
hint: batches of validation_data are taken
"""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    history = {}

    def run(on_batch, batches, prefix):
        sums, count = {}, 0
        for x, y in batches:
            for name, value in on_batch(x, y, return_dict=True).items():
                sums[prefix + name] = sums.get(prefix + name, 0) + value * len(x)
            count += len(x)
        for name, total in sums.items():
            history.setdefault(name, []).append(total / count)

    for _ in range(epochs):
        run(model.train_on_batch, (next(generator) for _ in range(steps_per_epoch)), "")
        if validation_data is not None:
            pairs = zip(validation_data, range(validation_steps))
            run(model.test_on_batch, (batch for batch, _ in pairs), "val_")
    return history
