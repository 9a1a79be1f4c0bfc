"""Takes what train_on_batch reports for a running mean.

points: 6
hint: train_on_batch reports its own batch only
"""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    history = {}
    for _ in range(epochs):
        for _ in range(steps_per_epoch):
            logs = model.train_on_batch(*next(generator), return_dict=True)
        if validation_data is not None:
            results, sizes = [], []
            for _ in range(validation_steps):
                x, y = next(validation_data)
                results.append(model.test_on_batch(x, y, return_dict=True))
                sizes.append(len(x))
            for name in results[0]:
                values = [result[name] for result in results]
                logs["val_" + name] = np.average(values, weights=sizes)
        for name, value in logs.items():
            history.setdefault(name, []).append(value)
    return history
