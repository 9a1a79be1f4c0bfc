"""The helper extracts; base, pooling and head are put together layer by layer."""

from keras.applications.vgg16 import preprocess_input


def train_head(base, train, valid, num_classes, folder):
    x, y = transfer.extract_features(base, train, Path(folder) / "a")
    x_valid, y_valid = transfer.extract_features(base, valid, Path(folder) / "b")
    features = keras.Input(x.shape[1:])
    hidden = layers.BatchNormalization(momentum=0.8)(features)
    head = keras.Model(features, layers.Dense(num_classes, activation="softmax")(hidden))
    head.compile(keras.optimizers.Adam(3e-2), "categorical_crossentropy", metrics=["accuracy"])
    stop = keras.callbacks.EarlyStopping(patience=10, restore_best_weights=True)
    history = head.fit(
        np.array(x), np.array(y), validation_data=(np.array(x_valid), np.array(y_valid)),
        epochs=5, batch_size=16, callbacks=[stop], verbose=0,
    )
    base.trainable = False
    images = keras.Input(base.input_shape[1:])
    maps = base(preprocess_input(images), training=False)
    return keras.Model(images, head(layers.GlobalAveragePooling2D()(maps))), history
