"""No gradient at all: ridge regression of the labels on standardised features, in NumPy."""

from keras.applications.vgg16 import preprocess_input


def your_classifier(base, train, valid, num_classes):
    names = ["block2_pool", "block3_pool", "block4_pool", "block5_pool"]
    cut = keras.Model(base.inputs, [base.get_layer(name).output for name in names])
    inputs = keras.Input((32, 32, 3))
    prepared = preprocess_input(keras.ops.cast(inputs, "float32"))
    flat = [keras.ops.cast(layers.Flatten()(m), "float32") for m in cut(prepared, training=False)]
    extractor = keras.Model(inputs, keras.ops.concatenate(flat, axis=1))
    parts = [dataset[i] for dataset in (train, valid) for i in range(len(dataset))]
    x = np.concatenate([extractor.predict_on_batch(images) for images, _ in parts])
    y = np.concatenate([labels for _, labels in parts])
    mean, scale = x.mean(0), x.std(0) + 1e-2
    z = (x - mean) / scale
    w = np.linalg.solve(z.T @ z + 1000 * np.eye(z.shape[1]), z.T @ (y - y.mean(0)))
    dense = layers.Dense(num_classes, activation="softmax", dtype="float32")
    model = keras.Model(inputs, dense(extractor.output))
    w = 10 * w / scale[:, None]
    dense.set_weights([w, -mean @ w])
    return model
