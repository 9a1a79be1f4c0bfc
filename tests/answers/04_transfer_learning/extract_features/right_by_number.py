"""Asks for the batches by number, and predicts."""


def extract_features(base, batches):
    pool = layers.GlobalAveragePooling2D()
    features, labels = [], []
    for i in range(len(batches)):
        x, y = batches[i]
        maps = base.predict(preprocess_input(np.array(x, "float32")), verbose=0)
        features.append(np.asarray(pool(maps)))
        labels.append(y)
    return np.concatenate(features), np.concatenate(labels)
