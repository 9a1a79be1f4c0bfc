"""Swaps the channels and takes the means off itself, and compiles."""


def build_classifier(base, num_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    bgr = layers.Lambda(lambda x: keras.ops.cast(x, "float32")[..., ::-1])(inputs)
    x = layers.Rescaling(1.0, offset=[-103.939, -116.779, -123.68])(bgr)
    x = layers.GlobalAveragePooling2D()(base(x))
    model = keras.Model(inputs, layers.Dense(num_classes, activation="softmax")(x))
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model
