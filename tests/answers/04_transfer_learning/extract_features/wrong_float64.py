"""Pools in float64 and leaves it so.

points: 5
hint: The features are float32
"""


def extract_features(base, batches):
    features, labels = [], []
    for x, y in batches:
        maps = base(preprocess_input(np.array(x, "float32")), training=False)
        features.append(np.asarray(maps, "float64").mean((1, 2)))
        labels.append(np.asarray(y))
    return np.concatenate(features), np.concatenate(labels)
