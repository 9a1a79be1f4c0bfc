"""Flattens the map, with a hidden layer and dropout."""


def build_classifier(base, num_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = base(preprocess_input(inputs), training=False)
    x = layers.Dropout(0.2)(layers.Dense(16, activation="relu")(layers.Flatten()(x)))
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)
