"""One number for each pair of classes, counted by bincount; a list of dicts becomes the table."""


def report(runs, test, class_names):
    n = len(class_names)
    true = np.hstack([test[i][1].argmax(-1) for i in range(len(test))])
    rows = []
    for name, (model, seconds) in runs.items():
        predicted = np.argmax(model.predict(test, verbose=0), axis=1)
        matrix = np.bincount(n * true + predicted, minlength=n * n).reshape(n, n)
        accuracy = np.trace(matrix) / matrix.sum()
        rows.append({"model": name, "seconds": seconds, "test_accuracy": accuracy, "m": matrix})
    rows.sort(key=lambda row: row["test_accuracy"], reverse=True)
    confusion = rows[0]["m"]
    return pd.DataFrame(rows).drop(columns="m"), confusion
