"""Divides each row of the matrix by its sum.

points: 4
hint: Count images
"""


def report(runs, test, class_names):
    labels = np.concatenate([test[i][1] for i in range(len(test))]).argmax(1)
    rows, said = [], {}
    for name, (model, seconds) in runs.items():
        said[name] = model.predict(test, verbose=0).argmax(1)
        rows.append((name, seconds, (said[name] == labels).mean()))
    table = pd.DataFrame(rows, columns=["model", "seconds", "test_accuracy"])
    table = table.sort_values("test_accuracy", ascending=False, ignore_index=True)
    confusion = np.zeros((len(class_names), len(class_names)))
    np.add.at(confusion, (labels, said[table["model"][0]]), 1)
    return table, confusion / np.maximum(confusion.sum(1, keepdims=True), 1)
