"""Puts labels in front: the last come first.

points: 5
hint: The labels must be those of the batches
"""


def extract_features(base, batches):
    features, labels = [], []
    for x, y in batches:
        maps = base(preprocess_input(np.array(x, "float32")), training=False)
        features.append(np.asarray(maps, "float32").mean((1, 2)))
        labels.insert(0, np.asarray(y))
    return np.concatenate(features), np.concatenate(labels)
