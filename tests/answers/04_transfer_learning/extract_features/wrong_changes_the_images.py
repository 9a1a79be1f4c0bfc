"""Hands the images themselves to preprocess_input, which works in place.

points: 5
hint: Give it a copy
"""


def extract_features(base, batches):
    features, labels = [], []
    for x, y in batches:
        maps = base(preprocess_input(x), training=False)
        features.append(np.asarray(maps).mean(axis=(1, 2)))
        labels.append(y)
    return np.concatenate(features), np.concatenate(labels)
