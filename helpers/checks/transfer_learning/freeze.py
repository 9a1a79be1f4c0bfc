"""Checks of `freeze`, on tiny bases."""

import numpy as np

from helpers import transfer
from helpers.checks import check, expect
from helpers.checks.transfer_learning.bases import (
    BLOCKS,
    blocks_trained,
    expect_blocks,
    tiny_vgg16,
    values,
)


def num_trainable(model):
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


@check(transfer.freeze)
def freeze_all(freeze):
    """Without a block, nothing is left to train."""
    base = tiny_vgg16()
    freeze(base)
    expect_blocks(base, base, [], "After freeze(model),")


@check(transfer.freeze)
def freeze_keeps_a_block(freeze):
    """The block that is named stays trainable, all others are frozen."""
    base = tiny_vgg16()
    freeze(base, "block5")
    expect_blocks(base, base, ["block5"], 'After freeze(model, "block5"),')


@check(transfer.freeze)
def freeze_counts(freeze):
    """The number of parameters that are left to train is returned."""
    for block in ("block4", "block5", None):
        base = tiny_vgg16(filters=int(np.random.default_rng().integers(4, 9)))
        count = freeze(base, block)
        expect(
            count is not None,
            "freeze must return the number of trainable parameters. Received: None. Is there a "
            "`return`?",
        )
        left, arrays = num_trainable(base), len(base.trainable_weights)
        # The last that fits: where nothing is left to train, all are frozen.
        meant = {
            int(count): "Each array counts with all its values.",
            arrays: "That counts arrays: each has as many parameters as values.",
            base.count_params() - left: "That many are frozen.",
            base.count_params(): "That many the model has, frozen ones among them.",
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
        base = tiny_vgg16(32, 32)
        freeze(base, block)
        expect_blocks(base, base, [block], f"After freeze(model, {block!r}),")


@check(transfer.freeze)
def freeze_again(freeze):
    """A second call is not held back by what the first has set."""
    base = tiny_vgg16(32, 32)
    freeze(base)
    for block in ("block5", None, "block4"):
        new = tiny_vgg16(32, 32)
        freeze(new, block)
        if block == "block4":
            base.trainable = False  # the switch of the model itself, as others may leave it
        freeze(base, block)
        wanted, received = (sum(blocks_trained(b, b), []) for b in (new, base))
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
