"""Resets the metrics before each batch, as older versions of Keras 3 need it, and adds tuples."""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    steps = {"": (model.train_on_batch, generator, steps_per_epoch)}
    if validation_data is not None:
        steps["val_"] = (model.test_on_batch, validation_data, validation_steps)
    seen = [
        (epoch, prefix + name, value * len(x), len(x))
        for epoch in range(epochs)
        for prefix, (method, batches, count) in steps.items()
        for _ in range(count)
        for x, y in [next(batches)]
        for name, value in (model.reset_metrics() or method(x, y, return_dict=True)).items()
    ]
    names = dict.fromkeys(name for _, name, _, _ in seen)

    def mean(epoch, name):
        chosen = [(value, size) for e, n, value, size in seen if (e, n) == (epoch, name)]
        return sum(value for value, _ in chosen) / sum(size for _, size in chosen)

    return {name: [mean(epoch, name) for epoch in range(epochs)] for name in names}
