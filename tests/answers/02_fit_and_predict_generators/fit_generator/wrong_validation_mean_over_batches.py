"""Weighs batches by their size in training, and forgets to for validation.

points: 7
hint: one has 6 and the other 2
"""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    history = {}

    def add(name, values, weights=None):
        history.setdefault(name, []).append(float(np.average(values, weights=weights)))

    for _ in range(epochs):
        logs, sizes = [], []
        for _ in range(steps_per_epoch):
            x, y = next(generator)
            logs.append(model.train_on_batch(x, y, return_dict=True))
            sizes.append(len(x))
        for name in logs[0]:
            add(name, [log[name] for log in logs], sizes)
        if validation_data is not None:
            logs = []
            for _ in range(validation_steps):
                x, y = next(validation_data)
                logs.append(model.test_on_batch(x, y, return_dict=True))
            for name in logs[0]:
                add(f"val_{name}", [log[name] for log in logs])
    return history
