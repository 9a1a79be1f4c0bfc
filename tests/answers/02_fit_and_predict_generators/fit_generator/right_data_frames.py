"""A table of logs for each epoch, in pandas; validation batches as tensors."""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    def table(method, batches, steps):
        rows = []
        for _ in range(steps):
            batch = next(batches)
            x, y = tf.convert_to_tensor(batch[0]), tf.convert_to_tensor(batch[1])
            rows.append({**method(x=x, y=y, return_dict=True), "size": int(tf.shape(x)[0])})
        return pd.DataFrame(rows)

    def mean(table):
        size = table.pop("size")
        return table.mul(size, axis=0).sum() / size.sum()

    epochs_done = []
    for _ in range(epochs):
        row = mean(table(model.train_on_batch, generator, steps_per_epoch))
        if validation_data is not None:
            valid = mean(table(model.test_on_batch, validation_data, validation_steps))
            row = pd.concat([row, valid.add_prefix("val_")])
        epochs_done.append(row)
    return pd.DataFrame(epochs_done).to_dict(orient="list")
