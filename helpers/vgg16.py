"""VGG16 without its dense layers: as published with weights from ImageNet, or small.

The small one has the same 13 convolutions with the same names (`block1_conv1` … `block5_conv3`),
each 1/8 as wide, with weights that come with the course (`data_scripts/pretrain_small_vgg16.py`
made them). What is done with a base is in `helpers.transfer` and `helpers.features`.
"""

import hashlib
import os
import socket
from pathlib import Path

import h5py
import keras
import numpy as np
from keras import layers

from helpers.datasets import profile

SMALL_WIDTH = 1 / 8
SMALL_WEIGHTS = Path(__file__).parent / "weights" / "small_vgg16.weights.h5"
IMAGENET_FILE = "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5"
DOWNLOAD_TIMEOUT = 20  # seconds without an answer from the server
BLOCKS = {"block1": (2, 64), "block2": (2, 128), "block3": (3, 256), "block4": (3, 512)}
BLOCKS["block5"] = (3, 512)  # convolutions in the block, filters of each


def vgg16_base(weights="imagenet", input_shape=(32, 32, 3), width=None):
    """Builds the convolutional base of VGG16.

    It takes images as `keras.applications.vgg16.preprocess_input` gives them;
    `build_classifier` and `extract_features` do that step for you.

    Args:
        weights: `"imagenet"`, a download of 58 MB on first use; `"tiles"`, the small base that
            comes with the course; `"auto"`, the first where it can be had, else the second, and a
            printed line says which; None, random weights; or the path of a file that
            `base.save_weights` wrote or of Keras' own file for VGG16 without top.
        input_shape: `(height, width, 3)`, height and width at least 32.
        width: Only with `weights=None`: how wide every layer is, as a part of VGG16; 1 where not
            given, `1 / 8` is the small network. A file knows its width.

    Returns:
        A `keras.Model` from `(n, height, width, 3)` to `(n, height // 32, width // 32, filters)`;
        its name says which weights it has.

    Raises:
        ConnectionError: where the ImageNet weights cannot be had; says where to put the file.
        ValueError: for an unknown argument, a damaged file or one with other layers.
        FileNotFoundError: where the path names nothing.

    Example:
    ```python
    base = vgg16_base("tiles", (32, 32, 3))
    untrained = vgg16_base(None, (32, 32, 3), width=1 / 8)
    ```
    """
    if (
        len(input_shape) != 3
        or input_shape[2] != 3
        or not all(n and n >= 32 for n in input_shape[:2])
    ):
        raise ValueError(
            "`input_shape` must be (height, width, 3) with height and width at least 32, for five "
            f"poolings halve them. Received: input_shape={input_shape}"
        )
    if width is not None and weights is not None:
        raise ValueError(
            f"`width` goes with weights=None only. Received: width={width}, weights={weights!r}"
        )
    if weights is None:
        return _build(input_shape, 1 if width is None else width, "vgg16_random")
    if weights == "auto":
        return _best_base(input_shape)
    if weights == "imagenet":
        return _imagenet_base(input_shape)
    if weights == "tiles":
        _check_shipped(SMALL_WEIGHTS)
        return _base_from_file(SMALL_WEIGHTS, input_shape, "vgg16_tiles")
    if not isinstance(weights, (str, os.PathLike)) or not Path(weights).is_file():
        kind = ValueError if not isinstance(weights, (str, os.PathLike)) else FileNotFoundError
        raise kind(
            '`weights` must be "imagenet", "tiles", "auto", None or the path of a file. '
            f"Received: weights={weights!r}"
        )
    return _base_from_file(Path(weights), input_shape, "vgg16_from_file")


def _build(input_shape, width, name):
    # Named, or the name would count up and the saved file differ from one call to the next.
    x = inputs = keras.Input(input_shape, name="image")
    for block, (convolutions, filters) in BLOCKS.items():
        for i in range(convolutions):
            # He's start keeps the signal alive through 13 layers of ReLU without BatchNorm.
            x = layers.Conv2D(
                max(1, round(filters * width)),
                3,
                padding="same",
                activation="relu",
                kernel_initializer="he_uniform",
                name=f"{block}_conv{i + 1}",
            )(x)
        x = layers.MaxPooling2D(2, name=f"{block}_pool")(x)
    return keras.Model(inputs, x, name=name)


def _best_base(input_shape):
    if profile() == "offline":
        reason = "COURSE_PROFILE is offline"
    else:
        try:
            base = _imagenet_base(input_shape)
            print("Using VGG16 with weights from ImageNet.")
            return base
        except ConnectionError as error:
            if profile() == "real":
                raise
            reason = str(error)
    print(f"Using the SMALL VGG16 that comes with the course.\n  why: {reason}")
    return vgg16_base("tiles", input_shape)


def _imagenet_base(input_shape):
    folder = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras") / "models"
    help_ = (
        f"Put the file {IMAGENET_FILE} (58 MB) into {folder}, or go on with the small base: "
        'vgg16_base("tiles"). Its source is the table of weights at keras.io/api/applications.'
    )
    if profile() == "offline" and not (folder / IMAGENET_FILE).exists():
        raise ConnectionError(
            f"The ImageNet weights of VGG16 are not here, and COURSE_PROFILE is offline. {help_}"
        )
    waited = socket.getdefaulttimeout()
    socket.setdefaulttimeout(DOWNLOAD_TIMEOUT)  # Keras' download would wait for ever
    try:
        return keras.applications.VGG16(
            include_top=False, weights="imagenet", input_shape=input_shape, name="vgg16_imagenet"
        )
    except Exception as error:  # Keras raises a bare Exception where a download fails
        raise ConnectionError(
            f"The ImageNet weights of VGG16 could not be had ({error}). {help_}"
        ) from error
    finally:
        socket.setdefaulttimeout(waited)


def _check_shipped(path):
    expected = path.with_suffix("").with_suffix(".sha256").read_text().split()[0]
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise ValueError(
            f"The weights that come with the course are damaged: {path} should have the SHA-256 "
            f"{expected}. Received: {found}. Get the file again from the course's repository, or "
            "make it with `python -m data_scripts.pretrain_small_vgg16`."
        )


def _base_from_file(path, input_shape, name):
    expected = "It must hold the weights of VGG16 without top, of any width."
    try:
        base = _build(input_shape, _first_filters(path) / 64, name)
        base.load_weights(path)
    except Exception as error:  # h5py and Keras have many ways to say that a file does not fit
        raise ValueError(
            f"`weights` cannot be read: the file is damaged or has other layers. {expected} "
            f"Received: {path} ({str(error).splitlines()[0]})"
        ) from error
    if not all(np.isfinite(w).all() for w in base.get_weights()):
        raise ValueError(f"`weights` has values that are no numbers. {expected} Received: {path}")
    return base


def _first_filters(path):
    """The filters of the first convolution, the only one that sees three channels."""
    kernels = []

    def look(_, item):
        if len(getattr(item, "shape", ())) == 4:
            kernels.append(item.shape)

    with h5py.File(path) as file:
        file.visititems(look)
    first = [shape[3] for shape in kernels if shape[2] == 3]
    if len(kernels) != 13 or len(first) != 1:
        raise ValueError(f"{len(kernels)} convolutions, {len(first)} of them on RGB, not 13 and 1")
    return first[0]
