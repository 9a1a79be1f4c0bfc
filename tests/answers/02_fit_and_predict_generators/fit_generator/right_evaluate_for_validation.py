"""Plain loops for training, model.evaluate for validation."""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    history = None
    for _ in range(epochs):
        totals, count = {}, 0
        for _ in range(steps_per_epoch):
            images, labels = next(generator)
            logs = model.train_on_batch(images, labels, return_dict=True)
            for name in logs:
                totals[name] = totals.get(name, 0.0) + logs[name] * len(images)
            count += len(images)
        logs = {name: totals[name] / count for name in totals}
        if validation_data is not None:
            valid = model.evaluate(
                validation_data, steps=validation_steps, verbose=0, return_dict=True
            )
            logs.update({"val_" + name: valid[name] for name in valid})
        if history is None:
            history = {name: [] for name in logs}
        for name in logs:
            history[name].append(logs[name])
    return history
