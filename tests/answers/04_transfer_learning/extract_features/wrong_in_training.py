"""Runs the base as in training, so that its BatchNormalization learns from the images.

points: 5
hint: training=True a BatchNormalization learns
"""


def extract_features(base, batches):
    features, labels = [], []
    for x, y in batches:
        maps = base(preprocess_input(np.array(x, "float32")), training=True)
        features.append(np.asarray(maps).mean(axis=(1, 2)))
        labels.append(y)
    return np.concatenate(features), np.concatenate(labels)
