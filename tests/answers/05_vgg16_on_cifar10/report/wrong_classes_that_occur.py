"""Counts only the classes that occur: crosstab leaves out the others.

points: 4
hint: one without any test image
"""


def report(runs, test, class_names):
    labels = np.concatenate([test[i][1] for i in range(len(test))]).argmax(1)
    rows, said = [], {}
    for name, (model, seconds) in runs.items():
        said[name] = model.predict(test, verbose=0).argmax(1)
        rows.append((name, seconds, (said[name] == labels).mean()))
    table = pd.DataFrame(rows, columns=["model", "seconds", "test_accuracy"])
    table = table.sort_values("test_accuracy", ascending=False, ignore_index=True)
    return table, pd.crosstab(labels, said[table["model"][0]]).to_numpy()
