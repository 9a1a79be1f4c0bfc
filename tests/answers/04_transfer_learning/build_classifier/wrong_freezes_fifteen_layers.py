"""Freezes the first 15 layers, as many do with VGG16 to fine-tune block5.

points: 5
hint: block5. Freeze it, all of it
"""


def build_classifier(base, num_classes):
    for layer in base.layers[:15]:
        layer.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = base(preprocess_input(inputs), training=False)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes, activation="softmax")(x))
