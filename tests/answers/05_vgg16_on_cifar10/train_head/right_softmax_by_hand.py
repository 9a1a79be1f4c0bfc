"""Logistic regression in NumPy on kept features; its weights go into a Dense layer."""

from keras.applications.vgg16 import preprocess_input


def softmax(z):
    z = np.exp(z - z.max(1, keepdims=True))
    return z / z.sum(1, keepdims=True)


def train_head(base, train, valid, num_classes, folder):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    pooled = layers.GlobalAveragePooling2D()(base(preprocess_input(inputs), training=False))
    extractor, folder = keras.Model(inputs, pooled), Path(folder)
    data = []
    for name, batches in (("train", train), ("valid", valid)):
        file = folder / f"{name}.npy"
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True)
            rows = []
            for i in range(len(batches)):
                x, y = batches[i]
                rows.append(np.hstack([np.asarray(extractor(x, training=False)), y]))
            np.save(file, np.concatenate(rows))
        rows = np.load(file)
        data.append((rows[:, :-num_classes], rows[:, -num_classes:]))
    (x, y), (x_valid, y_valid) = data
    mean, scale = x.mean(0), x.std(0) + 1e-3
    w, b = np.zeros((x.shape[1], num_classes)), np.zeros(num_classes)
    history = {"accuracy": [], "val_accuracy": []}
    for _ in range(100):
        z = (x - mean) / scale
        error = (softmax(z @ w + b) - y) / len(x)
        w, b = w - 2 * z.T @ error, b - 2 * error.sum(0)
        for key, (f, labels) in (("accuracy", (x, y)), ("val_accuracy", (x_valid, y_valid))):
            said = (((f - mean) / scale) @ w + b).argmax(1)
            history[key].append(float((said == labels.argmax(1)).mean()))
    dense = layers.Dense(num_classes, activation="softmax")
    model = keras.Model(inputs, dense(pooled))
    dense.set_weights([w / scale[:, None], b - (mean / scale) @ w])
    return model, history
