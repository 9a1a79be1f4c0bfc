"""Takes the mean of the accuracies of the batches.

points: 4
hint: The mean over batches is another number
"""


def report(runs, test, class_names):
    rows, matrices = [], {}
    for name, (model, seconds) in runs.items():
        accuracies, confusion = [], np.zeros((len(class_names), len(class_names)), int)
        for i in range(len(test)):
            x, y = test[i]
            said = model.predict_on_batch(x).argmax(1)
            accuracies.append((said == y.argmax(1)).mean())
            np.add.at(confusion, (y.argmax(1), said), 1)
        rows.append((name, seconds, np.mean(accuracies)))
        matrices[name] = confusion
    table = pd.DataFrame(rows, columns=["model", "seconds", "test_accuracy"])
    table = table.sort_values("test_accuracy", ascending=False, ignore_index=True)
    return table, matrices[table["model"][0]]
