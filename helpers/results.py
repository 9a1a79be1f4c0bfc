"""Trainings that are kept: what was finished is read from disk, what was interrupted goes on."""

import hashlib
import inspect
import json
import os
import time
from pathlib import Path

import keras
import numpy as np
import pandas as pd

from helpers.paths import write_atomically


def keep(folder, train, *args, **kwargs):
    """Runs a training once; called again, it reads what came of it.

    It is the same training while the code of `train` and all arguments are the same: numbers and
    texts, the weights of models, the tables of datasets. Another training gets a folder of its own.

    Args:
        folder: str or Path, where trainings are kept.
        train: Function that returns `(model, history)`. Where it takes `callbacks`, it is given
            `keras.callbacks.BackupAndRestore`, so an interrupted training goes on with the epoch
            that it was in. Its code must be in a file or a notebook.
        *args, **kwargs: for `train`.

    Returns:
        `(model, history, seconds)`: the trained `keras.Model`, the dict of its history (from the
        epoch on where it went on), the float seconds that training took.

    Example:
    ```python
    model, history, seconds = keep(data_dir() / "runs", train_head, base, train, valid, 10)
    ```
    """
    digest = digest_of(inspect.getsource(train), args, kwargs)
    folder = Path(folder, f"{train.__name__}-{digest[:12]}")
    note, file = folder / "result.json", folder / "model.keras"
    if note.exists():
        result = json.loads(note.read_text(encoding="utf-8"))
        try:
            model = keras.saving.load_model(file)
        except (OSError, TypeError, ValueError) as error:  # a class of one's own, say
            print(f"{train.__name__}: trained again, as it cannot be read from {folder}: {error}")
        else:
            print(f"{train.__name__}: read from {folder}; delete it to train again.")
            return model, result["history"], result["seconds"]
    folder.mkdir(parents=True, exist_ok=True)
    if "callbacks" in inspect.signature(train).parameters:
        kwargs["callbacks"] = [keras.callbacks.BackupAndRestore(str(folder / "backup"))]
    start = time.perf_counter()
    model, history = train(*args, **kwargs)
    seconds = time.perf_counter() - start
    history = {
        name: [float(value) for value in values]
        for name, values in getattr(history, "history", history).items()
    }
    part = folder / "part.keras"
    model.save(part)
    os.replace(part, file)
    write_atomically(note, json.dumps({"history": history, "seconds": seconds}))
    return model, history, seconds


def digest_of(*values):
    """A digest of numbers, texts, paths, models, datasets with a table, and lists and dicts."""
    digest = hashlib.sha256()
    for value in values:
        if isinstance(value, keras.Model):
            for weight in value.get_weights():
                digest.update(np.ascontiguousarray(weight))
        elif isinstance(value, pd.DataFrame):
            digest.update(pd.util.hash_pandas_object(value).to_numpy().tobytes())
        elif isinstance(value, keras.utils.PyDataset):
            digest.update(digest_of(type(value).__name__, len(value), value.df).encode())
        elif isinstance(value, dict):
            digest.update(digest_of(*value.items()).encode())
        elif isinstance(value, (list, tuple)):
            digest.update(digest_of(*value).encode())
        else:
            digest.update(repr(value).encode())
        digest.update(b"\0")
    return digest.hexdigest()
