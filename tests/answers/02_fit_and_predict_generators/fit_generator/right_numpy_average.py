"""Collects the logs of an epoch and averages them with NumPy, weighted by the batch sizes."""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    history = {}
    for _ in range(epochs):
        phases = [("", model.train_on_batch, generator, steps_per_epoch)]
        if validation_data is not None:
            phases.append(("val_", model.test_on_batch, validation_data, validation_steps))
        for prefix, on_batch, batches, steps in phases:
            logs, sizes = [], []
            for x, y in itertools.islice(batches, steps):
                logs.append(on_batch(x, y, return_dict=True))
                sizes.append(x.shape[0])
            for name in logs[0]:
                mean = np.average([log[name] for log in logs], weights=sizes)
                history.setdefault(prefix + name, []).append(float(mean))
    return history


import itertools  # noqa: E402  people import where they need it
