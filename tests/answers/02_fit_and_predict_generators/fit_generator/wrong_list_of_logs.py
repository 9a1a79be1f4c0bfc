"""Returns a list with a dict for each epoch.

points: 7
hint: must return a dict like History.history
"""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    def run(method, batches, steps, prefix=""):
        sums, count = {}, 0
        for _ in range(steps):
            x, y = next(batches)
            for name, value in method(x, y, return_dict=True).items():
                sums[prefix + name] = sums.get(prefix + name, 0) + value * len(x)
            count += len(x)
        return {name: total / count for name, total in sums.items()}

    history = []
    for _ in range(epochs):
        logs = run(model.train_on_batch, generator, steps_per_epoch)
        if validation_data is not None:
            logs |= run(model.test_on_batch, validation_data, validation_steps, "val_")
        history.append(logs)
    return history
