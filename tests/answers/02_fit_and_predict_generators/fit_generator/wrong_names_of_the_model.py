"""Takes the names from model.metrics_names, which says compile_metrics.

points: 3
hint: Ask train_on_batch for return_dict=True
"""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    def run(method, batches, steps):
        total, count = 0, 0
        for _ in range(steps):
            x, y = next(batches)
            total = total + np.atleast_1d(method(x, y)) * len(x)
            count += len(x)
        return dict(zip(model.metrics_names, total / count))

    history = {}
    for _ in range(epochs):
        logs = run(model.train_on_batch, generator, steps_per_epoch)
        if validation_data is not None:
            valid = run(model.test_on_batch, validation_data, validation_steps)
            logs.update({"val_" + name: value for name, value in valid.items()})
        for name, value in logs.items():
            history.setdefault(name, []).append(value)
    return history
