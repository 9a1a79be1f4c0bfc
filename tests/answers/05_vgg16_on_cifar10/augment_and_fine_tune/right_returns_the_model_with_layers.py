"""Layers before the model, which are off in use: the larger model comes back."""


def augment_and_fine_tune(model, base, train, valid, block, learning_rate, epochs, callbacks=()):
    base.trainable = True
    start = next(i for i, layer in enumerate(base.layers) if layer.name.startswith(f"{block}_"))
    for i, layer in enumerate(base.layers):
        layer.trainable = i >= start
    larger = keras.Sequential(
        [
            keras.Input(model.input_shape[1:]),
            layers.RandomFlip("horizontal"),
            layers.RandomTranslation(0.1, 0.1, fill_mode="reflect"),
            layers.RandomContrast(0.1),
            model,
        ]
    )
    larger.compile(
        keras.optimizers.Nadam(learning_rate), "categorical_crossentropy", metrics=["accuracy"]
    )
    history = larger.fit(
        train, validation_data=valid, epochs=epochs, callbacks=list(callbacks), verbose=0
    )
    return larger, history
