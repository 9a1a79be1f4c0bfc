"""Plain loops: all images in memory, one call of the model, counted one by one."""


def report(runs, test, class_names):
    images, labels = [], []
    for i in range(len(test)):
        x, y = test[i]
        images.append(x)
        labels += [int(row.argmax()) for row in y]
    images = np.concatenate(images)
    results = []
    for name, (model, seconds) in runs.items():
        said = [int(row.argmax()) for row in np.array(model(images, training=False))]
        right = 0
        for a, b in zip(labels, said):
            right += a == b
        results.append((right / len(labels), name, seconds, said))
    results = sorted(results, key=lambda result: -result[0])
    table = pd.DataFrame()
    table["test_accuracy"] = [result[0] for result in results]
    table["model"] = [result[1] for result in results]
    table["seconds"] = [result[2] for result in results]
    confusion = np.zeros((len(class_names), len(class_names)), dtype="int32")
    for a, b in zip(labels, results[0][3]):
        confusion[a, b] += 1
    return table, confusion
