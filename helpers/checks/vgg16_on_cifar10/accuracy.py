"""Checks of `your_classifier`: how often it is right on images that its code has never seen."""

import functools
import time
from types import SimpleNamespace

import cv2
import keras
import numpy as np

from data_scripts.make_standin import encode_image
from data_scripts.shapes import TARGET_CLASSES
from helpers import batches, datasets, generators, precision
from helpers.checks import beside, check, expect, once
from helpers.checks.vgg16_on_cifar10.colours import probabilities
from helpers.vgg16 import vgg16_base

NAME = "your_classifier"
NUM_DRAWN = 1000

# Accuracies that earn points, by what is classified and the base at hand. The baseline from scratch
# lies below the first; `tests/benchmarks/activity.py` says how far the reference comes.
STEPS = {
    ("stand-in for CIFAR-10", "vgg16_tiles"): (0.90, 0.91, 0.95),
    ("CIFAR-10", "vgg16_tiles"): (0.58, 0.59, 0.60),
    # From what is published for VGG16, not from runs of the reference.
    ("CIFAR-10", "vgg16_imagenet"): (0.60, 0.70, 0.80),
}


@functools.lru_cache(maxsize=1)
def measured_base(dataset):
    """The base for a dataset: that of ImageNet for photographs, where it can be had."""
    weights = "auto" if dataset == "CIFAR-10" else "tiles"
    return precision.build_fastest(lambda: vgg16_base(weights))


def best_base(dataset):
    """A base of its own for each answer, in the number format that was measured once."""
    measured = measured_base(dataset)
    base = keras.models.clone_model(measured)
    base.set_weights(measured.get_weights())
    return base


@functools.lru_cache(maxsize=1)
def situation():
    """What there is to train on and to measure with on this machine."""
    df, path, class_names = datasets.load_cifar10("train")
    train_df, valid_df = datasets.split_index(df, 0.1)
    here = SimpleNamespace(dataset=df.attrs["dataset"], num_classes=len(class_names))

    def batches_of(df, shuffle):
        return generators.TileBatches(
            df, 100, path, here.num_classes, shuffle=shuffle, seed=0, dtype="uint8"
        )

    here.make_train = functools.partial(batches_of, train_df, True)
    here.make_valid = functools.partial(batches_of, valid_df, False)
    return here


@functools.lru_cache(maxsize=1)
def unseen(dataset):
    """`(x, y, what)`: uint8 images, class numbers, and what to call them."""
    if dataset == "CIFAR-10":
        df, path, _ = datasets.load_cifar10("test")
        x = batches.read_images(df["tile_name"].tolist(), path)
        return x, df["y"].to_numpy(), f"{len(x):,} test images of CIFAR-10"
    # Drawn now, with chance that no one knows before: nothing can have been trained on them.
    seed, numbers = np.random.SeedSequence().entropy, np.arange(NUM_DRAWN)
    files = [np.frombuffer(encode_image(seed, 1, int(i)), np.uint8) for i in numbers]
    x = np.stack([cv2.imdecode(file, cv2.IMREAD_COLOR_RGB) for file in files])
    return x, numbers % len(TARGET_CLASSES), f"{len(x):,} images drawn just now"


def train(your_classifier):
    """Trains an answer once, whoever asks: the checks, or the notebook that it stands in.

    Returns:
        Namespace with `model`, `seconds` and the name of the base, `base_name`.
    """
    model, seconds, base_name = beside(trained, your_classifier)
    return SimpleNamespace(model=model, seconds=seconds, base_name=base_name)


@once
def trained(your_classifier):
    """`(model, seconds, base_name)`, made and kept where the answer runs.

    Nothing here is secret, neither base nor batches need to travel, and the notebook's last cell
    finds there what the checks had trained.
    """
    here = situation()
    base = best_base(here.dataset)
    data = here.make_train(), here.make_valid()
    start = time.perf_counter()
    model = your_classifier(base, *data, here.num_classes)
    return model, time.perf_counter() - start, base.name


@once
def measure(your_classifier):
    """The accuracy of an answer on images that it has not seen, and the steps that it can reach."""
    trained, here = train(your_classifier), situation()
    x, y, what = unseen(here.dataset)
    p = probabilities(trained.model, x, here.num_classes, NAME)
    accuracy = (p.argmax(1) == y).mean()
    steps = STEPS[here.dataset, trained.base_name]
    shown = ", ".join(f"{step:.0%}" for step in steps)
    print(f"{accuracy:.1%} of {what} are right. The steps are {shown}.")
    return SimpleNamespace(accuracy=accuracy, what=what, steps=steps)


def reaches(your_classifier, number):
    found = measure(your_classifier)
    step = found.steps[number]
    hint = (
        "The baseline from scratch comes about as far. Does the model take RGB from 0 to 255, is "
        "it the one that was trained, and does it use the base? `train` is shuffled: do features "
        "and labels come from the same pass?",
        "A head on frozen features comes further. Compare training and validation accuracy: if "
        "both are low, train more or unfreeze more; if they differ, augment.",
        "Fine-tune more blocks on augmented images, from a head that is trained, and lower the "
        "rate towards the end.",
    )[number]
    expect(
        found.accuracy >= step,
        f"Of {found.what}, {found.accuracy:.1%} are right; this step is at {step:.0%}. {hint}",
    )


@check()
def your_classifier_form(your_classifier):
    """It trains on the course's images, and a model from RGB to probabilities comes back."""
    trained, here = train(your_classifier), situation()
    expect(
        isinstance(trained.model, keras.Model),
        f"{NAME} must return a Keras model. Received: {type(trained.model).__name__}",
    )
    probabilities(trained.model, unseen(here.dataset)[0][:20], here.num_classes, NAME)


@check()
def your_classifier_beats_the_baseline(your_classifier):
    """It is right more often than a network from scratch."""
    reaches(your_classifier, 0)


@check()
def your_classifier_uses_the_base(your_classifier):
    """It is right as often as a head on frozen features, or more."""
    reaches(your_classifier, 1)


@check()
def your_classifier_goes_further(your_classifier):
    """It is right as often as a base that was fine-tuned."""
    reaches(your_classifier, 2)
