"""Leaves the models in the order in which they were trained.

points: 4
hint: the best first
"""


def report(runs, test, class_names):
    labels = np.concatenate([test[i][1] for i in range(len(test))]).argmax(1)
    rows, said = [], {}
    for name, (model, seconds) in runs.items():
        said[name] = model.predict(test, verbose=0).argmax(1)
        rows.append((name, seconds, (said[name] == labels).mean()))
    table = pd.DataFrame(rows, columns=["model", "seconds", "test_accuracy"])
    best = table["model"][table["test_accuracy"].idxmax()]
    confusion = np.zeros((len(class_names), len(class_names)), int)
    np.add.at(confusion, (labels, said[best]), 1)
    return table, confusion
