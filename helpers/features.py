"""Feature caching: every image goes through the frozen base once, its features to disk.

A folder of features holds three files. `features.f32` and `labels.bin` grow by one batch at a
time; `progress.json`, replaced as a whole after each batch, says how many of their rows count and
which base and dataset they come from. After an interruption the rows that count are kept.
"""

import hashlib
import json
from itertools import islice
from pathlib import Path

import keras
import numpy as np
from keras import layers
from keras.applications.vgg16 import preprocess_input
from tqdm import tqdm

from helpers.paths import write_atomically


def extract_features(base, batches, folder=None, steps=None):
    """Runs each image through a base once, in order.

    Args:
        base: A base from `helpers.transfer.vgg16_base`, or one cut off at an earlier layer.
        batches: A `keras.utils.PyDataset`, a `tf.data.Dataset` or any iterable of `(x, y)` with
            x `(b, height, width, 3)` RGB from 0 to 255. It must give the same batches each time.
        folder: Where to keep the features: begun ones are completed, finished ones are read. None
            writes nothing, and the features must fit in memory.
        steps: int, the number of batches to take; needed for a generator that never ends.

    Returns:
        `(features, labels)`: features `(n, d)` float32, averaged over the map that leaves the
        base; labels `(n, …)` as they came, with their dtype. With a folder, both are read-only
        `np.memmap`: the rows are read from disk when they are used.

    Raises:
        ValueError: where `batches` is empty, endless, shorter than it said, not of `(x, y)`, or
            from 0 to 1; where `folder` holds features of another base or dataset.

    Example:
    ```python
    features, labels = extract_features(base, batches, folder=data_dir() / "features")
    head.fit(features, labels, epochs=20)  # 20 epochs for the price of one
    ```
    """
    total = _length(batches) if steps is None else steps
    if folder is None:
        parts = [(f, y) for f, y, _ in _run(base, batches, total, {"batches": 0})]
        return tuple(np.concatenate(part) for part in zip(*parts, strict=True))

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    progress = _read_progress(folder, _fingerprint(base), total)
    paths = folder / "features.f32", folder / "labels.bin"
    for path in paths:
        path.touch()
    with paths[0].open("r+b") as feature_file, paths[1].open("r+b") as label_file:
        for features, labels, digest in _run(base, batches, total, progress):
            kind = [features.shape[1], labels.dtype.str, list(labels.shape[1:])]
            if progress.setdefault("kind", kind) != kind:
                raise ValueError(
                    "All batches must have labels of one dtype and shape, here [features, dtype, "
                    f"shape] {progress['kind']}. Received: {kind}"
                )
            # Written to its place, not appended: rows of a batch cut short are written over.
            for file, rows in ((feature_file, features), (label_file, labels)):
                file.seek(progress["rows"] * rows[:1].nbytes)
                file.write(rows.tobytes())
                file.flush()
            progress["rows"] += len(features)
            progress["batches"] += 1
            progress["last"] = digest
            progress.setdefault("first", digest)
            write_atomically(folder / "progress.json", json.dumps(progress))
    d, dtype, shape = progress["kind"]
    return (
        np.memmap(paths[0], np.float32, mode="r", shape=(progress["rows"], d)),
        np.memmap(paths[1], dtype, mode="r", shape=(progress["rows"], *shape)),
    )


def _run(base, batches, total, progress):
    """Yields features, labels and a digest for each batch that is still to do."""
    done = progress["batches"]
    if hasattr(batches, "__getitem__"):
        # By number: only the first and the last known batch are read again, to be compared.
        numbers = sorted({0, max(done - 1, 0), *range(done, total)} if total else set())
        numbered = ((i, batches[i]) for i in numbers)
    else:
        numbered = enumerate(islice(batches, total))
    model = _feature_model(base)
    count, first = 0, None
    with tqdm(total=total, initial=done, desc="features", unit="batch", delay=1) as bar:
        for i, batch in numbered:
            count = i + 1
            if i < done and i not in (0, done - 1):
                continue
            x, y = _check_batch(batch, base)
            digest = _digest(x, y)
            for name, number in (("first", 0), ("last", done - 1)):
                if i < done and i == number and progress[name] != digest:
                    raise ValueError(
                        "`batches` must be the dataset that the features in `folder` come from, "
                        "in the same order (not shuffled, not augmented), or `folder` another "
                        f"one. Received: another batch {i} than before"
                    )
            if i == 0:
                _check_range(x)
                first = digest
            elif total is None and digest == first:
                raise ValueError(
                    "`batches` must end, or `steps` say how many to take: batch 0 came again. "
                    f"Received: steps=None, batch {i} like batch 0"
                )
            if i >= done:
                yield np.asarray(model.predict_on_batch(x), np.float32), y, digest
                bar.update()
    if count == 0:
        raise ValueError("`batches` must have at least one batch. Received: none")
    if count < (done if total is None else total):
        raise ValueError(f"`batches` must give {total or done} batches. Received: {count}")


def _feature_model(base):
    inputs = keras.Input(base.input_shape[1:], name="rgb")
    x = base(preprocess_input(inputs), training=False)
    if len(x.shape) == 4:
        x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(inputs, x, name="features")


def _length(batches):
    try:
        return len(batches)
    except (TypeError, NotImplementedError):  # a generator, or a tf.data.Dataset that cannot tell
        return None


def _check_batch(batch, base):
    if not isinstance(batch, (tuple, list)) or len(batch) != 2:
        raise ValueError(f"`batches` must give pairs (x, y). Received: {type(batch).__name__}")
    x, y = np.asarray(batch[0]), np.asarray(batch[1])
    if x.shape[1:] != base.input_shape[1:] or len(x) != len(y) or y.dtype.hasobject:
        raise ValueError(
            f"`batches` must give x of shape (b, {', '.join(map(str, base.input_shape[1:]))}) and "
            f"one number or vector of numbers in y for each. Received: x {x.shape}, y {y.shape} "
            f"{y.dtype}"
        )
    return x, y


def _check_range(x):
    if x.dtype.kind == "f" and 0 < x.max() <= 1:
        raise ValueError(
            "`batches` must give RGB from 0 to 255, as VGG16 was trained; multiply by 255. "
            f"Received: values from {x.min():.2f} to {x.max():.2f}"
        )


def _digest(x, y):
    digest = hashlib.sha256(f"{x.shape} {x.dtype} {y.shape} {y.dtype}".encode())
    digest.update(np.ascontiguousarray(x))
    digest.update(np.ascontiguousarray(y))
    return digest.hexdigest()


def _fingerprint(base):
    """A digest of what the base computes: its layers, their precision and all weights."""
    # The input is left out: its name counts up in a session.
    names = [f"{layer.name} {layer.compute_dtype}" for layer in base.layers[1:]]
    digest = hashlib.sha256(f"{base.input_shape} {base.output_shape} {names}".encode())
    for weight in base.get_weights():
        digest.update(np.ascontiguousarray(weight))
    return digest.hexdigest()


def _read_progress(folder, fingerprint, total):
    new = {"base": fingerprint, "total": total, "batches": 0, "rows": 0}
    if not (folder / "progress.json").exists():
        return new
    try:
        progress = json.loads((folder / "progress.json").read_text(encoding="utf-8"))
        d, dtype, shape = progress["kind"]
        label_bytes = np.dtype(dtype).itemsize * int(np.prod(shape))
        sizes = [(folder / name).stat().st_size for name in ("features.f32", "labels.bin")]
        whole = sizes[0] >= progress["rows"] * d * 4 and sizes[1] >= progress["rows"] * label_bytes
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise ValueError(
            f"`folder` must be new or hold whole features: delete it. Received: {folder}, damaged"
        )
    for name, known in (("base", fingerprint), ("total", total)):
        if progress[name] != known:
            other = "base" if name == "base" else f"dataset, of {progress[name]} batches"
            raise ValueError(
                "`folder` must be new or hold features of this base and dataset: name another "
                f"folder or delete it. Received: {folder}, with features of another {other}"
            )
    return progress
