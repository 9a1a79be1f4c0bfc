"""Leaves the last, smaller batch out.

points: 4
hint: keep every batch
"""


def extract_features(base, batches):
    size = 0
    features, labels = [], []
    for x, y in batches:
        size = size or len(x)
        if len(x) < size:
            break
        maps = base(preprocess_input(np.array(x, "float32")), training=False)
        features.append(np.asarray(maps, "float32").mean((1, 2)))
        labels.append(np.asarray(y))
    return np.concatenate(features), np.concatenate(labels)
