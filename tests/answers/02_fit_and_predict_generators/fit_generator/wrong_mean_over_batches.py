"""Averages over batches, so that a smaller batch counts as much as a full one.

points: 6
hint: weigh each value by the size of its batch
hint: one has 6 and the other 2
"""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    history = {}
    for _ in range(epochs):
        logs = [
            model.train_on_batch(*next(generator), return_dict=True) for _ in range(steps_per_epoch)
        ]
        valid = [
            model.test_on_batch(*next(validation_data), return_dict=True)
            for _ in range(validation_steps or 0)
        ]
        for prefix, results in (("", logs), ("val_", valid)):
            for name in results[0] if results else ():
                mean = np.mean([result[name] for result in results])
                history.setdefault(prefix + name, []).append(mean)
    return history
