"""Sends every batch through the base twice, to learn the shape.

points: 5
hint: 11 images must go through the base once each
"""


def extract_features(base, batches):
    features, labels = [], []
    for x, y in batches:
        maps = base(preprocess_input(np.array(x, "float32")))[
            ..., : base(preprocess_input(np.array(x, "float32"))).shape[-1]
        ]
        features.append(np.asarray(maps, "float32").mean((1, 2)))
        labels.append(np.asarray(y))
    return np.concatenate(features), np.concatenate(labels)
