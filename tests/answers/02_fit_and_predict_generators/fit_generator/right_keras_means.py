"""Lets keras.metrics.Mean do the weighing, and a History callback the collecting."""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    history = keras.callbacks.History()
    history.on_train_begin()

    def epoch_of(method, batches, steps, prefix=""):
        means = {}
        for _, (x, y) in zip(range(steps), batches):
            for name, value in method(x, y, return_dict=True).items():
                mean = means.setdefault(prefix + name, keras.metrics.Mean())
                mean.update_state(value, sample_weight=len(y))
        return {name: float(mean.result()) for name, mean in means.items()}

    for epoch in range(epochs):
        logs = epoch_of(model.train_on_batch, generator, steps_per_epoch)
        if validation_data:
            logs.update(epoch_of(model.test_on_batch, validation_data, validation_steps, "val_"))
        history.epoch = list(range(epoch))
        for name, value in logs.items():
            history.history.setdefault(name, []).append(value)
    return history.history
