"""What caching the features of a frozen base saves.

    python -m tests.benchmarks features [--quick]

First the features: `extract_features` beside `Model.predict` and a loop over single images, on the
same base. Then an epoch of a linear head, from the cached features and through the frozen base.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

from helpers.batches import one_hot, read_images
from helpers.features import extract_features
from helpers.generators import make_dataset
from helpers.transfer import build_classifier
from helpers.vgg16 import vgg16_base

from . import timing
from .pipelines import tiles_of

CACHED, THROUGH, PREDICT = "head on cached features", "through the frozen base", "Model.predict"


def head(num_features, num_classes):
    model = keras.Sequential(
        [keras.Input((num_features,)), keras.layers.Dense(num_classes, "softmax")]
    )
    model.compile("adam", "categorical_crossentropy")
    return model


def comparisons(quick):
    """Yields a `timing.Comparison` of extraction and one of an epoch of training."""
    tiles = tiles_of(32, 1280)
    num_images, rounds = len(tiles.df), 1 if quick else 5
    base = vgg16_base("tiles")
    base.trainable = False
    images = read_images(tiles.df["tile_name"].tolist(), tiles.path)
    labels = one_hot(tiles.df["y"].to_numpy(), tiles.num_classes)

    def dataset():
        return make_dataset(tiles.df, tiles.batch_size, tiles.path, tiles.num_classes)

    pooled = keras.Sequential(
        [
            keras.Input(images.shape[1:]),
            keras.layers.Lambda(keras.applications.vgg16.preprocess_input),
            base,
            keras.layers.GlobalAveragePooling2D(),
        ]
    )

    def one_by_one():
        for image in images[: num_images // 10]:
            pooled.predict_on_batch(image[np.newaxis].astype("float32"))

    seconds = timing.alternate(
        {
            "extract_features, from files": lambda: extract_features(base, dataset()),
            f"{PREDICT}, all images in memory": lambda: pooled.predict(
                images.astype("float32"), tiles.batch_size, verbose=0
            ),
            "predict_on_batch, image by image": one_by_one,
        },
        rounds,
        label="features",
    )
    seconds["predict_on_batch, image by image"] *= 10  # it ran on a tenth
    yield timing.Comparison(
        f"Feature extraction at 32 px: {num_images:,} images, the shipped base",
        {name: num_images / values for name, values in seconds.items()},
        references=(f"{PREDICT}, all images in memory",),
    )

    features, _ = extract_features(base, dataset())
    on_features = head(features.shape[1], tiles.num_classes)
    through = build_classifier(base, tiles.num_classes)
    through.compile("adam", "categorical_crossentropy")
    fit = {"batch_size": tiles.batch_size, "verbose": 0}
    seconds = timing.alternate(
        {
            CACHED: lambda: on_features.fit(features, labels, **fit),
            THROUGH: lambda: through.fit(dataset(), verbose=0),
        },
        rounds,
        label="heads",
    )
    yield timing.Comparison(
        f"An epoch of a linear head: {num_images:,} images of 32 px",
        {name: num_images / values for name, values in seconds.items()},
        references=(THROUGH,),
    )
