"""Counts the answers of all models in one matrix.

points: 4
hint: That is all models together
"""


def report(runs, test, class_names):
    labels = np.concatenate([test[i][1] for i in range(len(test))]).argmax(1)
    rows, confusion = [], np.zeros((len(class_names), len(class_names)), int)
    for name, (model, seconds) in runs.items():
        said = model.predict(test, verbose=0).argmax(1)
        rows.append((name, seconds, (said == labels).mean()))
        np.add.at(confusion, (labels, said), 1)
    table = pd.DataFrame(rows, columns=["model", "seconds", "test_accuracy"])
    table = table.sort_values("test_accuracy", ascending=False, ignore_index=True)
    return table, confusion
