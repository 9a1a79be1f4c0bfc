"""A loop of its own with GradientTape over what is trainable; images mirrored and shifted in NumPy."""

import tensorflow as tf


def augment_and_fine_tune(model, base, train, valid, block, learning_rate, epochs, callbacks=()):
    names = [layer.name.split("_")[0] for layer in base.layers]
    base.trainable = True
    for layer in base.layers[: names.index(block)]:
        layer.trainable = False
    model.compile("sgd", "categorical_crossentropy", metrics=["accuracy"])
    optimizer = keras.optimizers.Adam(learning_rate)
    weights, rng = model.trainable_variables, np.random.default_rng()
    optimizer.build(weights)

    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            p = model(x, training=True)
            loss = tf.reduce_mean(keras.losses.categorical_crossentropy(y, p))
        optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        return p

    calls = keras.callbacks.CallbackList(list(callbacks), model=model)
    history = {"accuracy": [], "val_accuracy": []}
    calls.on_train_begin()
    for epoch in range(epochs):
        calls.on_epoch_begin(epoch)
        right = {"accuracy": [], "val_accuracy": []}
        for i in rng.permutation(len(train)):
            x, y = train[int(i)]
            mirrored = rng.random(len(x)) < 0.5
            x = np.where(mirrored[:, None, None, None], x[:, :, ::-1], x)
            x = np.stack([np.roll(image, rng.integers(-3, 4, 2), (0, 1)) for image in x])
            p = step(tf.constant(x, "float32"), tf.constant(y))
            right["accuracy"] += (np.argmax(p, 1) == y.argmax(1)).tolist()
        for i in range(len(valid)):
            x, y = valid[i]
            right["val_accuracy"] += (np.argmax(model(x, training=False), 1) == y.argmax(1)).tolist()
        logs = {name: float(np.mean(values)) for name, values in right.items()}
        for name, value in logs.items():
            history[name].append(value)
        train.on_epoch_end()
        calls.on_epoch_end(epoch, logs)
    calls.on_train_end()
    return model, history
