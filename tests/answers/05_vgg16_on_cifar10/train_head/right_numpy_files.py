"""Features and labels as .npy files, batch by batch with predict_on_batch; a head with a tape of ops."""

from keras.applications.vgg16 import preprocess_input


def train_head(base, train, valid, num_classes, folder):
    folder = Path(folder)
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    pooled = layers.GlobalAveragePooling2D()(base(preprocess_input(inputs), training=False))
    extractor = keras.Model(inputs, pooled)

    def features_of(batches, name):
        files = folder / f"{name}_x.npy", folder / f"{name}_y.npy"
        if not all(file.exists() for file in files):
            folder.mkdir(parents=True, exist_ok=True)
            parts = [batches[i] for i in range(len(batches))]
            np.save(files[0], np.concatenate([extractor.predict_on_batch(x) for x, _ in parts]))
            np.save(files[1], np.concatenate([y for _, y in parts]))
        return np.load(files[0]), np.load(files[1])

    head = keras.Sequential(
        [keras.Input(pooled.shape[1:]), layers.Dense(num_classes, activation="softmax")]
    )
    head.compile(keras.optimizers.Adam(0.05), "categorical_crossentropy", metrics=["accuracy"])
    x, y = features_of(train, "train")
    history = head.fit(
        x, y, validation_data=features_of(valid, "valid"), epochs=5, batch_size=16, verbose=0
    )
    return keras.Model(inputs, head(pooled)), history
