"""train_on_batch and test_on_batch in a loop, with the callbacks called by hand."""


def baseline_from_scratch(train, valid, num_classes, epochs, callbacks=()):
    height, width, channels = train[0][0].shape[1:]
    model = keras.Sequential(
        [
            keras.Input((height, width, channels)),
            layers.Lambda(lambda x: keras.ops.cast(x, "float32") / 127.5 - 1),
            layers.Conv2D(12, 5, strides=3, activation="relu"),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(32, activation="relu"),
            layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    history = {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}
    for callback in callbacks:
        callback.set_model(model)
        callback.on_train_begin()
    for epoch in range(epochs):
        for callback in callbacks:
            callback.on_epoch_begin(epoch)
        logs, sums, rows = {}, np.zeros(2), 0
        for i in range(len(train)):
            x, y = train[i]
            result = model.train_on_batch(x, y, return_dict=True)
            sums += len(x) * np.array([result["loss"], result["accuracy"]])
            rows += len(x)
        logs["loss"], logs["accuracy"] = sums / rows
        sums, rows = np.zeros(2), 0
        for i in range(len(valid)):
            x, y = valid[i]
            result = model.test_on_batch(x, y, return_dict=True)
            sums += len(x) * np.array([result["loss"], result["accuracy"]])
            rows += len(x)
        logs["val_loss"], logs["val_accuracy"] = sums / rows
        train.on_epoch_end()
        for name in history:
            history[name].append(float(logs[name]))
        for callback in callbacks:
            callback.on_epoch_end(epoch, logs)
    for callback in callbacks:
        callback.on_train_end()
    return model, history
