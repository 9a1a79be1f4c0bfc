"""Takes for granted that there is one metric, the accuracy.

points: 7
hint: return_dict=True
"""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    history = {"loss": [], "accuracy": []}
    if validation_data is not None:
        history |= {"val_loss": [], "val_accuracy": []}

    def run(method, batches, steps):
        values, sizes = [], []
        for _ in range(steps):
            x, y = next(batches)
            loss, accuracy = np.resize(method(x, y), 2)
            values.append([loss, accuracy])
            sizes.append(len(x))
        return np.average(values, axis=0, weights=sizes).tolist()

    for _ in range(epochs):
        results = run(model.train_on_batch, generator, steps_per_epoch)
        if validation_data is not None:
            results += run(model.test_on_batch, validation_data, validation_steps)
        for values, result in zip(history.values(), results):
            values.append(result)
    return history
