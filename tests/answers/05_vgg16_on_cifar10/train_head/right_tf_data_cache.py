"""A tf.data pipeline whose cache is a file in the folder; the first pass fills it."""

import tensorflow as tf
from keras.applications.vgg16 import preprocess_input


def train_head(base, train, valid, num_classes, folder):
    Path(folder).mkdir(parents=True, exist_ok=True)
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = base(preprocess_input(inputs), training=False)
    extractor = keras.Model(inputs, layers.GlobalAveragePooling2D()(x))

    def features(batches, name):
        dataset = tf.data.Dataset.from_generator(
            lambda: (batches[i] for i in range(len(batches))),
            output_signature=(
                tf.TensorSpec((None, *base.input_shape[1:]), tf.uint8),
                tf.TensorSpec((None, num_classes), tf.float32),
            ),
        )
        dataset = dataset.map(lambda x, y: (extractor(x, training=False), y))
        dataset = dataset.unbatch().cache(str(Path(folder) / name)).batch(32)
        for _ in dataset:  # fills the cache, or reads it
            pass
        return dataset

    dense = layers.Dense(num_classes, activation="softmax")
    head = keras.Sequential([keras.Input((extractor.output_shape[-1],)), dense])
    head.compile(keras.optimizers.Adam(0.05), "categorical_crossentropy", metrics=["accuracy"])
    history = head.fit(
        features(train, "train"), epochs=5, validation_data=features(valid, "valid"), verbose=0
    )
    return keras.Model(inputs, dense(extractor.output)), history
