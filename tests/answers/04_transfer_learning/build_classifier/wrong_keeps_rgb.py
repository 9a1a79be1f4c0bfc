"""Takes the means off, but leaves the channels in the order RGB.

points: 5
hint: Look at keras.applications.vgg16.preprocess_input
"""


def build_classifier(base, num_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = base(layers.Rescaling(1.0, offset=[-123.68, -116.779, -103.939])(inputs), training=False)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)
