"""Calls the column `accuracy`.

points: 3
hint: The table must have the columns model, seconds, test_accuracy
"""


def report(runs, test, class_names):
    labels = np.concatenate([test[i][1] for i in range(len(test))]).argmax(1)
    rows, said = [], {}
    for name, (model, seconds) in runs.items():
        said[name] = model.predict(test, verbose=0).argmax(1)
        rows.append((name, seconds, (said[name] == labels).mean()))
    table = pd.DataFrame(rows, columns=["model", "seconds", "accuracy"])
    table = table.sort_values("accuracy", ascending=False, ignore_index=True)
    confusion = np.zeros((len(class_names), len(class_names)), int)
    np.add.at(confusion, (labels, said[table["model"][0]]), 1)
    return table, confusion
