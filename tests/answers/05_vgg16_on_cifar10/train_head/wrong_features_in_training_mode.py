"""Calls a base that is not frozen with training=True for the features: its BatchNormalization learns.

points: 5
hint: call it with training=False
"""

from keras.applications.vgg16 import preprocess_input


def train_head(base, train, valid, num_classes, folder):
    base.trainable = True
    data = []
    for name, batches in (("train", train), ("valid", valid)):
        file = Path(folder) / f"{name}.npz"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            x, y = [], []
            for i in range(len(batches)):
                images, labels = batches[i]
                maps = base(preprocess_input(images.astype("float32")), training=True)
                x.append(np.asarray(maps).mean((1, 2)))
                y.append(labels)
            np.savez(file, x=np.concatenate(x), y=np.concatenate(y))
        with np.load(file) as kept:
            data.append((kept["x"], kept["y"]))
    model = transfer.build_classifier(base, num_classes)
    head = keras.Sequential([model.get_layer("head")])
    head.compile("adam", "categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
    head.optimizer.learning_rate = 0.1
    history = head.fit(*data[0], epochs=3, batch_size=64, validation_data=data[1], verbose=0)
    return model, history
