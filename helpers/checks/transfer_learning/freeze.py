"""Checks of `freeze`, on tiny bases."""

from types import SimpleNamespace

import numpy as np

from helpers import transfer
from helpers.checks import check, expect, once
from helpers.checks.transfer_learning.bases import (
    BLOCKS,
    blocks_trained,
    expect_blocks,
    tiny_vgg16,
    values,
)


@once
def fresh(freeze, *block):
    """Freezes a fresh base once, whichever check asks.

    Returns:
        Namespace with `count`, what the answer returned; `trained`, see `blocks_trained`; and the
        numbers of parameters that are `left` to train, of the `arrays` that hold these, and of
        `all` parameters.
    """
    base = tiny_vgg16(32, 32, filters=int(np.random.default_rng().integers(4, 9)))
    count, weights = freeze(base, *block), base.trainable_weights
    return SimpleNamespace(
        count=count,
        trained=blocks_trained(base, base),
        left=sum(int(np.prod(weight.shape)) for weight in weights),
        arrays=len(weights),
        all=base.count_params(),
    )


@check(transfer.freeze)
def freeze_all(freeze):
    """Without a block, nothing is left to train."""
    expect_blocks(fresh(freeze).trained, [], "After freeze(model),")


@check(transfer.freeze)
def freeze_keeps_a_block(freeze):
    """The block that is named stays trainable, all others are frozen."""
    trained = fresh(freeze, "block5").trained
    expect_blocks(trained, ["block5"], 'After freeze(model, "block5"),')


@check(transfer.freeze)
def freeze_counts(freeze):
    """The number of parameters that are left to train is returned."""
    for block in ("block4", "block5", None):
        run = fresh(freeze, block)
        count, left, arrays = run.count, run.left, run.arrays
        expect(
            count is not None,
            "freeze must return the number of trainable parameters. Received: None. Is there a "
            "`return`?",
        )
        # The last that fits: where nothing is left to train, all are frozen.
        meant = {
            int(count): "Each array counts with all its values.",
            arrays: "That counts arrays: each has as many parameters as values.",
            run.all - left: "That many are frozen.",
            run.all: "That many the model has, frozen ones among them.",
        }
        expect(
            int(count) == count == left,
            f"After freeze(model, {block!r}) {left:,} parameters are left to train, in {arrays} "
            f"arrays. Received: {count}. {meant[int(count)]}",
        )


@check(transfer.freeze)
def freeze_any_block(freeze):
    """Any block can be the one that is kept."""
    for block in BLOCKS[:4]:
        expect_blocks(fresh(freeze, block).trained, [block], f"After freeze(model, {block!r}),")


@check(transfer.freeze)
def freeze_again(freeze):
    """A second call is not held back by what the first has set."""
    base = tiny_vgg16(32, 32)
    freeze(base)
    for block in ("block5", None, "block4"):
        wanted = sum(fresh(freeze, block).trained, [])
        if block == "block4":
            base.trainable = False  # the switch of the model itself, as others may leave it
        freeze(base, block)
        received = sum(blocks_trained(base, base), [])
        expect(
            received == wanted,
            f"freeze(model, {block!r}) trains {', '.join(wanted) or 'none'} of the blocks of a "
            f"fresh model, but {', '.join(received) or 'none'} of one that was frozen before. Set "
            "`trainable` of the model and of every layer, not only of some.",
        )


@check(transfer.freeze)
def freeze_leaves_values(freeze):
    """The weights keep their values, and the layers their number."""
    base = tiny_vgg16(32, 32)
    before, names = values(base.layers), [layer.name for layer in base.layers]
    freeze(base, "block5")
    expect(
        [layer.name for layer in base.layers] == names,
        "The layers of the model were changed. Freezing sets `trainable`, nothing else.",
    )
    expect(
        all(map(np.array_equal, before, values(base.layers))),
        "The values of the weights were changed. Freezing sets `trainable`, nothing else.",
    )
