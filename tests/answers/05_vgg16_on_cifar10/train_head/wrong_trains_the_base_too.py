"""Freezes nothing, and trains base and head together.

points: 3
hint: freeze the base
hint: Compute the features first
"""

from keras.applications.vgg16 import preprocess_input


def train_head(base, train, valid, num_classes, folder):
    inputs = keras.Input(base.input_shape[1:])
    x = layers.GlobalAveragePooling2D()(base(preprocess_input(inputs), training=False))
    model = keras.Model(inputs, layers.Dense(num_classes, activation="softmax")(x))
    optimizer = keras.optimizers.Adam(1e-2)
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return model, model.fit(train, validation_data=valid, epochs=2, verbose=0)
