"""A loop of its own with GradientTape; a CallbackList tells the callbacks; the history is a dict."""

import tensorflow as tf


def baseline_from_scratch(train, valid, num_classes, epochs, callbacks=()):
    model = keras.Sequential(
        [
            layers.Rescaling(1 / 255),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(4),
            layers.Conv2D(32, 3, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(num_classes),
            layers.Softmax(),
        ]
    )
    optimizer = keras.optimizers.Adam(5e-3)
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    loss_of = keras.losses.CategoricalCrossentropy()
    right = {name: keras.metrics.CategoricalAccuracy() for name in ("accuracy", "val_accuracy")}

    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            p = model(x, training=True)
            loss = loss_of(y, p)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        right["accuracy"].update_state(y, p)

    calls = keras.callbacks.CallbackList(list(callbacks), model=model)
    history = {name: [] for name in right}
    model.build((None, *train[0][0].shape[1:]))
    optimizer.build(model.trainable_variables)
    calls.on_train_begin()
    for epoch in range(epochs):
        calls.on_epoch_begin(epoch)
        for metric in right.values():
            metric.reset_state()
        for i in range(len(train)):
            x, y = train[i]
            step(tf.constant(x, tf.float32), tf.constant(y))
        train.on_epoch_end()
        for i in range(len(valid)):
            x, y = valid[i]
            right["val_accuracy"].update_state(y, model(x, training=False))
        logs = {name: float(metric.result()) for name, metric in right.items()}
        for name, value in logs.items():
            history[name].append(value)
        calls.on_epoch_end(epoch, logs)
    calls.on_train_end()
    return model, history
