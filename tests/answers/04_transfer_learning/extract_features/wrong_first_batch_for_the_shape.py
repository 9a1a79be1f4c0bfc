"""Takes the first batch to learn the shape, then all.

points: 5
hint: Received the reads [2, 1, 1]
"""


def extract_features(base, batches):
    x, _ = next(iter(batches))
    d = base.output_shape[-1]
    features, labels = np.zeros((0, d), "float32"), []
    for x, y in batches:
        maps = base(preprocess_input(np.array(x, "float32")), training=False)
        features = np.vstack([features, np.asarray(maps).mean((1, 2))])
        labels.append(np.asarray(y))
    return features, np.concatenate(labels)
