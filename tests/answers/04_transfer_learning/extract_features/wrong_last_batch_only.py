"""Returns the features of the last batch only.

points: 3
hint: keep every batch
"""


def extract_features(base, batches):
    features, labels = [], []
    for x, y in batches:
        maps = base(preprocess_input(np.array(x, "float32")), training=False)
        features.append(np.asarray(maps, "float32").mean((1, 2)))
        labels.append(np.asarray(y))
    return features[-1], labels[-1]
