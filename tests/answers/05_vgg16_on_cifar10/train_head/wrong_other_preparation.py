"""Prepares images by / 255 for the features, and as VGG16 wants them in the model.

points: 4
hint: with the same preparation before the base
"""


def train_head(base, train, valid, num_classes, folder):
    model = transfer.build_classifier(base, num_classes)
    data = []
    for name, batches in (("train", train), ("valid", valid)):
        file = Path(folder) / f"{name}.npz"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            pairs = [batches[i] for i in range(len(batches))]
            x = [np.asarray(base(x / np.float32(255), training=False)).mean((1, 2)) for x, _ in pairs]
            np.savez(file, x=np.concatenate(x), y=np.concatenate([y for _, y in pairs]))
        with np.load(file) as kept:
            data.append((kept["x"], kept["y"]))
    dense = model.get_layer("head")
    dense.set_weights([np.zeros_like(w) for w in dense.get_weights()])
    head = keras.Sequential([dense])
    head.compile("adam", "categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
    head.optimizer.learning_rate = 0.1
    history = head.fit(*data[0], epochs=2, batch_size=64, validation_data=data[1], verbose=0)
    return model, history
