"""A tf.data pipeline maps tf.image over the images of each batch."""

import tensorflow as tf


def augment_and_fine_tune(model, base, train, valid, block, learning_rate, epochs, callbacks=()):
    height, width = model.input_shape[1:3]

    def change(image):
        image = tf.image.random_flip_left_right(image)
        image = tf.image.resize_with_crop_or_pad(image, height + 4, width + 4)
        return tf.image.random_crop(image, (height, width, 3))

    dataset = tf.data.Dataset.from_generator(
        lambda: (train[i] for i in range(len(train))),
        output_signature=(
            tf.TensorSpec((None, height, width, 3), tf.uint8),
            tf.TensorSpec((None, model.output_shape[-1]), tf.float32),
        ),
    )
    dataset = dataset.map(lambda x, y: (tf.map_fn(change, x), y)).prefetch(2)
    transfer.unfreeze_top(model, base, block, learning_rate)
    history = model.fit(
        dataset, validation_data=valid, epochs=epochs, callbacks=[*callbacks], verbose=0
    )
    return model, history
