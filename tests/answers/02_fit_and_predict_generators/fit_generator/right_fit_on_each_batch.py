"""Calls fit on one batch at a time, and evaluate on one batch at a time."""


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    history = {}
    for _ in range(epochs):
        rows = []
        for _ in range(steps_per_epoch):
            x, y = next(generator)
            logs = model.fit(x, y, batch_size=len(x), epochs=1, shuffle=False, verbose=0).history
            rows.append((len(x), {name: values[0] for name, values in logs.items()}))
        results = {"": rows}
        if validation_data is not None:
            results["val_"] = []
            for _ in range(validation_steps):
                x, y = next(validation_data)
                logs = model.evaluate(x, y, batch_size=len(x), verbose=0, return_dict=True)
                results["val_"].append((len(x), logs))
        for prefix, rows in results.items():
            for name in rows[0][1]:
                mean = sum(n * logs[name] for n, logs in rows) / sum(n for n, _ in rows)
                history.setdefault(prefix + name, []).append(mean)
    return history
