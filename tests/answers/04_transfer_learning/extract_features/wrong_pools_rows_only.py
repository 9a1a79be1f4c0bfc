"""Averages over one direction and keeps the first place of the other.

points: 5
hint: must become the 8 means
"""


def extract_features(base, batches):
    features, labels = [], []
    for x, y in batches:
        maps = base(preprocess_input(np.array(x, "float32")), training=False)
        features.append(np.asarray(maps, "float32").mean(1)[:, 0])
        labels.append(np.asarray(y))
    return np.concatenate(features), np.concatenate(labels)
