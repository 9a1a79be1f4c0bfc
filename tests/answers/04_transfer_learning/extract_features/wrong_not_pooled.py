"""Flattens the map.

points: 4
hint: Pool each map to a vector
"""


def extract_features(base, batches):
    features, labels = [], []
    for x, y in batches:
        maps = base(preprocess_input(np.array(x, "float32")), training=False)
        features.append(np.asarray(maps, "float32").reshape(len(maps), -1))
        labels.append(np.asarray(y))
    return np.concatenate(features), np.concatenate(labels)
