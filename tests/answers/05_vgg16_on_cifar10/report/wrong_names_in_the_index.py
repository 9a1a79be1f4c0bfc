"""Makes the names of the models the index of the table.

points: 2
hint: The table must have the columns model
"""


def report(runs, test, class_names):
    labels = np.concatenate([test[i][1] for i in range(len(test))]).argmax(1)
    rows, said = {}, {}
    for name, (model, seconds) in runs.items():
        said[name] = model.predict(test, verbose=0).argmax(1)
        rows[name] = {"seconds": seconds, "test_accuracy": (said[name] == labels).mean()}
    table = pd.DataFrame.from_dict(rows, orient="index")
    table = table.sort_values("test_accuracy", ascending=False)
    confusion = np.zeros((len(class_names), len(class_names)), int)
    np.add.at(confusion, (labels, said[table.index[0]]), 1)
    return table, confusion
