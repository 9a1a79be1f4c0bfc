"""Goes through the batches twice, for features and for labels.

points: 5
hint: Take features and labels in the same pass
"""


def extract_features(base, batches):
    features = [
        np.asarray(base(preprocess_input(np.array(x, "float32")))).mean((1, 2)) for x, _ in batches
    ]
    labels = [y for _, y in batches]
    return np.concatenate(features), np.concatenate(labels)
