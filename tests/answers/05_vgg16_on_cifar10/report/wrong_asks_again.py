"""Evaluates every model, and then predicts for the matrix.

points: 4
hint: Predict once
"""


def report(runs, test, class_names):
    labels = np.concatenate([test[i][1] for i in range(len(test))]).argmax(1)
    rows = []
    for name, (model, seconds) in runs.items():
        right = model.predict(test, verbose=0).argmax(1) == labels
        rows.append((name, seconds, right.mean()))
    table = pd.DataFrame(rows, columns=["model", "seconds", "test_accuracy"])
    table = table.sort_values("test_accuracy", ascending=False, ignore_index=True)
    said = runs[table["model"][0]][0].predict(test, verbose=0).argmax(1)
    confusion = np.zeros((len(class_names), len(class_names)), int)
    np.add.at(confusion, (labels, said), 1)
    return table, confusion
