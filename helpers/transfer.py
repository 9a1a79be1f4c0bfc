"""Transfer learning with VGG16: what of a base is trained, and a classifier on top.

`vgg16_base` is in `helpers.vgg16` and `extract_features` in `helpers.features`; both can be
imported from here.
"""

import keras
import numpy as np
from keras import layers
from keras.applications.vgg16 import preprocess_input

from helpers.features import extract_features
from helpers.vgg16 import vgg16_base

__all__ = ["build_classifier", "extract_features", "freeze", "unfreeze_top", "vgg16_base"]


def freeze(model, last_trainable_block=None):
    """Freezes a base, all of it or all but one block.

    Compile again afterwards, or `fit` goes on as before.

    Args:
        model: A base from `vgg16_base`, or a model that contains one.
        last_trainable_block: None, or a name like `"block5"`: the layers of that block stay
            trainable.

    Returns:
        int, the number of parameters that are left to train.

    Raises:
        ValueError: where no layer belongs to `last_trainable_block`.
    """
    leaves = _leaves(model)
    kept = [leaf for leaf in leaves if leaf.name.startswith(f"{last_trainable_block}_")]
    if last_trainable_block is not None and not kept:
        raise ValueError(
            f"`last_trainable_block` must be None or one of {_blocks(leaves)}. "
            f"Received: last_trainable_block={last_trainable_block!r}"
        )
    # A frozen model hides the trainable layers inside, so those that hold them are set, too. One
    # by one: with TensorFlow, `model.trainable = True` does nothing where it is True already,
    # even if layers inside are frozen.
    for holder in _models(model):
        holder.trainable = bool(kept)
    for leaf in leaves:
        leaf.trainable = leaf in kept
    return _num_trainable(model)


def build_classifier(base, num_classes):
    """Puts a linear classifier on a frozen base.

    The order matters. The map that leaves the base is pooled to one vector per image first; a
    `Dense` layer before the pooling, as in many tutorials, would look at every place of the map
    alone and could not combine what it sees at two of them.

    Args:
        base: A base from `vgg16_base`, or one cut off at an earlier layer. It is frozen.
        num_classes: int, 2 or more.

    Returns:
        A `keras.Model`, not compiled: `(n, height, width, 3)` RGB from 0 to 255, uint8 or float,
        to probabilities `(n, num_classes)` float32. Its layer `head` is the one to train.

    Example:
    ```python
    model = build_classifier(vgg16_base("tiles"), num_classes=10)
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    ```
    """
    if num_classes < 2:
        raise ValueError(f"`num_classes` must be 2 or more. Received: num_classes={num_classes}")
    freeze(base)
    inputs = keras.Input(base.input_shape[1:], name="rgb")
    x = preprocess_input(inputs)  # RGB to BGR, and the mean of ImageNet taken off
    # training=False matters for bases with BatchNorm: frozen or not, it must not learn the
    # statistics of a few small batches. VGG16 has none.
    x = base(x, training=False)
    if len(x.shape) == 4:
        x = layers.GlobalAveragePooling2D(name="pool")(x)
    outputs = layers.Dense(num_classes, activation="softmax", dtype="float32", name="head")(x)
    return keras.Model(inputs, outputs, name="classifier")


def unfreeze_top(model, base, block, learning_rate):
    """Makes the top of the base trainable and compiles again, for fine-tuning.

    Args:
        model: The classifier, its head trained before. Loss and metrics stay as compiled; where
            it is not compiled, they are the categorical cross-entropy and the accuracy.
        base: The base inside `model`.
        block: Name like `"block5"`; the layers from this block on become trainable, all below
            are frozen.
        learning_rate: float above 0, low: 1e-5 to 1e-4 with Adam, the optimizer.

    Returns:
        int, the number of parameters of `model` that are now trained.

    Raises:
        ValueError: for an unknown `block`, a rate of 0 or below, or a base of another model.
    """
    if not learning_rate > 0:
        raise ValueError(
            f"`learning_rate` must be above 0. Received: learning_rate={learning_rate}"
        )
    first = [i for i, layer in enumerate(base.layers) if layer.name.startswith(f"{block}_")][:1]
    if not first:
        raise ValueError(
            f"`block` must be one of {_blocks(base.layers)}. Received: block={block!r}"
        )
    if not set(map(id, base.layers)) <= set(map(id, _leaves(model))):
        raise ValueError(f"`base` must be the base inside `model`. Received: base={base.name!r}")
    base.trainable = True
    for i, layer in enumerate(base.layers):
        layer.trainable = i >= first[0]
    # What is trainable is settled when a model is compiled: changed later, it has no effect.
    settings = {"loss": "categorical_crossentropy", "metrics": ["accuracy"]}
    if model.compiled:
        # Metrics count what they saw: made again from their settings, they start anew.
        compiled = model.get_compile_config()
        kept = {name: compiled[name] for name in ("metrics", "loss_weights", "run_eagerly")}
        settings = {**keras.saving.deserialize_keras_object(kept), "loss": model.loss}
    settings["optimizer"] = keras.optimizers.Adam(learning_rate)
    model.compile(**settings)
    return _num_trainable(model)


def _models(model):
    """The model and all models inside it."""
    inside = [layer for layer in model.layers if isinstance(layer, keras.Model)]
    return [model, *(found for layer in inside for found in _models(layer))]


def _leaves(model):
    """All layers that are no models, those of the models inside included."""
    layers_ = [layer for holder in _models(model) for layer in holder.layers]
    return [layer for layer in layers_ if not isinstance(layer, keras.Model)]


def _blocks(leaves):
    return sorted({leaf.name.split("_")[0] for leaf in leaves if leaf.name.startswith("block")})


def _num_trainable(model):
    return sum(int(np.prod(w.shape)) for w in model.trainable_weights)
