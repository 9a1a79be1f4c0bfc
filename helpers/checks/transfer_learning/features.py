"""Checks of `extract_features`: batches that count how often they are read, a base that counts."""

from types import SimpleNamespace

import numpy as np

from helpers import features as reference
from helpers.checks import check, expect, once
from helpers.checks.transfer_learning.bases import MEAN_BGR, forget, tiny_base, watched

RAGGED, EVEN = (4, 4, 3), (4, 4, 4)  # the images of each batch


class Batches:
    """`(x, y)` by number or one after the other, with the number of reads of each."""

    def __init__(self, base, sizes):
        rng = np.random.default_rng()
        n = sum(sizes)
        # A colour of its own for each image, so that rows can be told apart by their features.
        colours = rng.permutation(np.linspace(0, 200, n))[:, None] + rng.uniform(0, 30, (n, 3))
        noise = rng.uniform(0, 25, (n, *base.input_shape[1:]))
        self.x = (colours[:, None, None] + noise).astype("float32")
        self.y = np.eye(n, dtype="float32")[rng.permutation(n)]
        self.ends = np.cumsum(sizes)
        self.reads = [0] * len(sizes)

    def __len__(self):
        return len(self.reads)

    def __getitem__(self, i):
        if not 0 <= i < len(self):
            raise IndexError(i)
        self.reads[i] += 1
        rows = slice(self.ends[i - 1] if i else 0, self.ends[i])
        return self.x[rows].copy(), self.y[rows].copy()

    def __iter__(self):
        return (self[i] for i in range(len(self)))


def oracle(base, x):
    """Pooled features of images that VGG16's preprocessing was or was not applied to."""
    prepared = x[..., ::-1] - MEAN_BGR.astype("float32"), x, x / 255
    maps = [np.asarray(base(value.astype("float32"), training=False)) for value in prepared]
    return [m.mean((1, 2)) for m in maps]


def answer_of(extract_features, base, batches):
    answer = extract_features(base, batches)
    expect(
        isinstance(answer, (tuple, list)) and len(answer) == 2,
        f"Two arrays must come back: features, labels. Received: {type(answer).__name__}",
    )
    return [np.asarray(part) for part in answer]


@once
def extracted(extract_features, sizes):
    """Runs an answer once on batches of these sizes, whichever check asks.

    Returns:
        Namespace with `features` and `labels`; `batches`; `outputs`, those of `oracle`; and
        `images`, how many went through the base.
    """
    base = tiny_base()
    batches = Batches(base, sizes)
    outputs = oracle(base, batches.x)  # before the answer has the base, and can change it
    forget(base)
    features, labels = answer_of(extract_features, base, batches)
    return SimpleNamespace(
        features=features,
        labels=labels,
        batches=batches,
        outputs=outputs,
        images=watched(base)[0],
    )


def close(a, b):
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-2, atol=1e-2 * np.abs(b).max())


@check(reference.extract_features)
def extract_features_form(extract_features):
    """The features are float32, one row of d numbers for each image, also of the last batch."""
    run = extracted(extract_features, RAGGED)
    features, labels = run.features, run.labels
    expect(
        features.shape == (11, 8),
        "Batches of 4, 4 and 3 images and a base of 8 filters must give features of the shape "
        f"(11, 8). Received: {features.shape}. Pool each map to a vector, and keep every batch.",
    )
    expect(features.dtype == np.float32, f"The features are float32. Received: {features.dtype}")
    expect(len(labels) == 11, f"11 images must give 11 labels. Received the shape {labels.shape}.")


@check(reference.extract_features)
def extract_features_order(extract_features):
    """Features and labels stay in the order of the batches, together."""
    run = extracted(extract_features, EVEN)
    features, labels, batches = run.features, run.labels, run.batches
    expect(
        labels.shape == batches.y.shape and np.array_equal(labels, batches.y),
        "The labels must be those of the batches, one after the other, as they came, with the "
        f"shape {batches.y.shape}. Received the shape {labels.shape}, classes "
        f"{labels.reshape(len(labels), -1).argmax(1).tolist() if labels.ndim else labels}; "
        f"wanted {batches.y.argmax(1).tolist()}.",
    )
    kinds = [w for w in run.outputs if close(np.sort(features, 0), np.sort(w, 0))]
    if not kinds:  # pooled in another way or not at all: that is judged elsewhere
        return
    nearest = [np.linalg.norm(features[:, None] - wanted[None], axis=-1) for wanted in kinds]
    rows = min(nearest, key=lambda d: d.min(1).sum()).argmin(1).tolist()
    expect(
        rows == list(range(12)),
        f"Row i of the features must belong to image i. Received the images {rows}.",
    )


@check(reference.extract_features)
def extract_features_pools(extract_features):
    """Each feature is the mean over the map that leaves the base."""
    run = extracted(extract_features, EVEN)
    features, wanted = run.features, run.outputs
    expect(
        any(close(np.sort(features, 0), np.sort(w, 0)) for w in wanted),
        "The map of (2, 3, 8) that leaves the base must become the 8 means over its 2 x 3 places. "
        f"Received features of the shape {features.shape}, from {features.min():.3g} to "
        f"{features.max():.3g}; wanted {wanted[0].min():.3g} to {wanted[0].max():.3g}.",
    )


@check(reference.extract_features)
def extract_features_one_pass(extract_features):
    """Each batch is read once, and each image goes through the base once."""
    run = extracted(extract_features, RAGGED)
    reads, images = run.batches.reads, run.images
    expect(
        reads == [1, 1, 1],
        "Each of the 3 batches must be read once: reading is what costs. Received the reads "
        f"{reads}. Take features and labels in the same pass.",
    )
    expect(
        images == 11,
        f"11 images must go through the base once each. Received: {images} images went through.",
    )


@check(reference.extract_features)
def extract_features_preprocesses(extract_features):
    """The base is given what VGG16 was trained on: BGR, less the means of ImageNet."""
    base = tiny_base()
    batches = Batches(base, (2,))
    answer_of(extract_features, base, batches)
    got, rgb = watched(base)[1], batches.x.mean((0, 1, 2))
    wanted = rgb[::-1] - MEAN_BGR
    expect(
        np.allclose(got, wanted, atol=0.1),
        f"Images with the mean RGB {rgb.round(1).tolist()} must come to the base as "
        f"{wanted.round(1).tolist()} on average. Received: {got.round(1).tolist()}. Look at "
        "keras.applications.vgg16.preprocess_input: it wants RGB from 0 to 255, once.",
    )


@check(reference.extract_features)
def extract_features_leaves_alone(extract_features):
    """The base, its weights and the images stay as they were, and one batch is enough."""
    base = tiny_base(32, 32, batch_norm=True)
    blocks = [layer for layer in base.layers if layer.name.startswith("block")]
    before = [np.array(w) for layer in blocks for w in layer.get_weights()]
    batches = [Batches(base, (1,))[0]]
    x = batches[0][0].copy()
    features, labels = answer_of(extract_features, base, batches)
    expect(
        len(features) == len(labels) == 1,
        f"One image must give one row. Received: {features.shape} and {labels.shape}",
    )
    after = [np.array(w) for layer in blocks for w in layer.get_weights()]
    expect(
        all(map(np.array_equal, before, after)),
        "The weights of the base changed. Features are read, nothing is trained: with "
        "training=True a BatchNormalization learns from every batch.",
    )
    expect(
        np.array_equal(batches[0][0], x),
        "The images of the batch were changed, and whoever has them in a list reads them again. "
        "preprocess_input works in place on float32 arrays: give it a copy.",
    )
