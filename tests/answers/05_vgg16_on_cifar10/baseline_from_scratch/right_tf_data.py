"""tf.data drives the reading: from_generator around the batches, prefetched."""

import tensorflow as tf


def baseline_from_scratch(train, valid, num_classes, epochs, callbacks=()):
    shape = train[0][0].shape[1:]

    def as_dataset(batches):
        dataset = tf.data.Dataset.from_generator(
            lambda: (batches[i] for i in range(len(batches))),
            output_signature=(
                tf.TensorSpec((None, *shape), tf.uint8),
                tf.TensorSpec((None, num_classes), tf.float32),
            ),
        )
        return dataset.prefetch(tf.data.AUTOTUNE)

    model = keras.models.Sequential()
    model.add(layers.InputLayer(shape=shape, dtype="uint8"))
    model.add(layers.Rescaling(1.0 / 255))
    for filters in (16, 32):
        model.add(layers.SeparableConv2D(filters, 3, activation="elu", padding="same"))
        model.add(layers.AveragePooling2D(4))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(num_classes, activation="softmax"))
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.01),
        loss="categorical_crossentropy",
        metrics=["accuracy"],
    )
    history = model.fit(
        as_dataset(train),
        epochs=epochs,
        validation_data=as_dataset(valid),
        callbacks=list(callbacks),
        verbose=0,
    )
    return model, history
