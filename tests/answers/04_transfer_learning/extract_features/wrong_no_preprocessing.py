"""Prepares nothing.

points: 5
hint: Look at keras.applications.vgg16.preprocess_input
"""


def extract_features(base, batches):
    features, labels = [], []
    for x, y in batches:
        maps = base(np.asarray(x, "float32"))
        features.append(np.asarray(maps, "float32").mean((1, 2)))
        labels.append(np.asarray(y))
    return np.concatenate(features), np.concatenate(labels)
