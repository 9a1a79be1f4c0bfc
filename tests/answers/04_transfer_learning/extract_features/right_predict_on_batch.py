"""A model with the pooling in it, run by predict_on_batch."""


def extract_features(base, batches):
    inputs = keras.Input(base.input_shape[1:])
    x = layers.GlobalAveragePooling2D()(base(preprocess_input(inputs)))
    model = keras.Model(inputs, x)
    parts = [(model.predict_on_batch(x), y) for x, y in batches]
    return tuple(np.concatenate(part) for part in zip(*parts, strict=True))
