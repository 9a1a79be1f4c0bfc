"""Does not pool: probabilities at every place of the map.

points: 4
hint: pooled to one vector per image
"""


def build_classifier(base, num_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = base(preprocess_input(inputs), training=False)
    x = layers.Dropout(0.0)(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)
