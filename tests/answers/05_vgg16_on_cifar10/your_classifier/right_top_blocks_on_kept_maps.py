"""The maps of block3 are computed once and mirrored; blocks 4 and 5 are fine-tuned on them."""

from keras.applications.vgg16 import preprocess_input


def your_classifier(base, train, valid, num_classes):
    lower = keras.Model(base.input, base.get_layer("block3_pool").output)
    top = keras.Sequential([keras.Input(lower.output_shape[1:])])
    for layer in base.layers[base.layers.index(base.get_layer("block3_pool")) + 1 :]:
        top.add(layer)
    top.add(layers.GlobalAveragePooling2D())
    top.add(layers.Dropout(0.2))
    top.add(layers.Dense(num_classes, activation="softmax", dtype="float32"))
    images, labels = zip(*[train[i] for i in range(len(train))])
    images, labels = np.concatenate(images), np.concatenate(labels)
    images = np.concatenate([images, images[:, :, ::-1]])
    maps = [
        np.asarray(lower.predict_on_batch(preprocess_input(part.astype("float32"))), "float32")
        for part in np.array_split(images, 20)
    ]
    maps, labels = np.concatenate(maps), np.concatenate([labels, labels])
    steps = 2 * (len(maps) // 50)
    rate = keras.optimizers.schedules.CosineDecay(3e-3, steps)
    top.compile(keras.optimizers.Adam(rate), "categorical_crossentropy", metrics=["accuracy"])
    top.fit(maps, labels, batch_size=50, epochs=2, verbose=0)
    inputs = keras.Input((32, 32, 3))
    return keras.Model(inputs, top(lower(preprocess_input(inputs))))
