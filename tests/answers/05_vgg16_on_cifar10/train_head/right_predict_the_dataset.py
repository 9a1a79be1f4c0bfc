"""predict takes the whole dataset, labels are read on their own; np.savez keeps both."""

from keras.applications.vgg16 import preprocess_input


def train_head(base, train, valid, num_classes, folder):
    base.trainable = False
    frozen = keras.Sequential(
        [
            keras.Input(base.input_shape[1:]),
            layers.Lambda(preprocess_input),
            base,
            layers.GlobalMaxPooling2D(),
        ]
    )
    data = {}
    for name, batches in (("train", train), ("valid", valid)):
        file = Path(folder) / f"{name}.npz"
        if file.exists():
            with np.load(file) as kept:
                data[name] = kept["features"], kept["labels"]
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            features = frozen.predict(batches, verbose=0)
            labels = np.vstack([batches[i][1] for i in range(len(batches))])
            np.savez(file, features=features, labels=labels)
            data[name] = features, labels
    head = keras.Sequential([layers.Dense(num_classes), layers.Softmax()])
    head.compile(
        optimizer=keras.optimizers.Adam(5e-2), loss="categorical_crossentropy", metrics=["accuracy"]
    )
    history = head.fit(*data["train"], epochs=5, batch_size=16, validation_data=data["valid"], verbose=0)
    return keras.Sequential([frozen, head]), history.history
