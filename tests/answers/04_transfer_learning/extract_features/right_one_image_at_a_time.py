"""Sends the images through one by one."""


def extract_features(base, batches):
    rows, labels = [], []
    for images, y in batches:
        for image, label in zip(images, y, strict=True):
            x = preprocess_input(np.array(image, "float32")[np.newaxis])
            maps = np.array(base(x, training=False))
            rows.append(maps[0].reshape(-1, maps.shape[-1]).mean(axis=0))
            labels.append(np.asarray(label))
    return np.stack(rows).astype("float32"), np.stack(labels)
