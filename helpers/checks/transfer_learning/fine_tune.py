"""Checks of `unfreeze_top`, on a tiny classifier with a frozen base."""

from types import SimpleNamespace

import numpy as np
from keras import ops

from helpers import transfer
from helpers.checks import CheckFailed, check, expect, once
from helpers.checks.transfer_learning.bases import (
    blocks_trained,
    copies,
    expect_blocks,
    random_batch,
    tiny_classifier,
    tiny_vgg16,
    values,
)


@once
def unfrozen(unfreeze_top):
    """Unfreezes two blocks once, whichever check asks; what trains then, and weights around it."""
    base = tiny_vgg16(32, 32)
    model = tiny_classifier(base)
    parts = [*base.layers, model.get_layer("head")]
    run = SimpleNamespace(model=model, head=parts[-1], before=values(parts))
    unfreeze_top(model, base, "block4", 1e-4)
    run.trained, run.after = blocks_trained(model, base), values(parts)
    return run


@check(transfer.unfreeze_top)
def unfreeze_top_from_block(unfreeze_top):
    """The layers from the block on are trainable, those below are frozen."""
    context = 'After unfreeze_top(model, base, "block4", 1e-4)'
    expect_blocks(unfrozen(unfreeze_top).trained, ["block4", "block5"], context)


@check(transfer.unfreeze_top)
def unfreeze_top_learning_rate(unfreeze_top):
    """The model has the learning rate that was asked for."""
    base = tiny_vgg16(32, 32)
    model = tiny_classifier(base)
    for rate in (1e-5, 0.02):
        unfreeze_top(model, base, "block5", rate)
        received = float(model.optimizer.learning_rate)
        expect(
            np.isclose(received, rate, rtol=1e-3),
            f"The learning rate must be {rate:g}. Received: {received:g}. It is an argument of "
            "the optimizer that `compile` is given.",
        )


@check(transfer.unfreeze_top)
def unfreeze_top_recompiles(unfreeze_top):
    """The next batch trains what is trainable now: the model was compiled again."""
    base = tiny_vgg16(32, 32)
    model = tiny_classifier(base)
    model.train_on_batch(*random_batch(base))  # from now on Keras keeps what it made for training
    optimizer = model.optimizer
    unfreeze_top(model, base, "block5", 1e-2)
    hint = "Compile the model after `trainable` was changed, with a new optimizer."
    expect(
        model.optimizer is not optimizer,
        "The model still has the optimizer of before, which knows the weights of the head only. "
        + hint,
    )
    model.run_eagerly = True  # to trace a graph would take longer than the two steps
    trained = copies(model.trainable_weights)
    try:
        for _ in range(2):
            model.train_on_batch(*random_batch(base))
    except Exception as error:  # Keras has several ways to say that this is not compiled for it
        raise CheckFailed(f"The next batch could not be trained on. {hint} ({error})") from error
    still = sum(map(np.array_equal, trained, copies(model.trainable_weights)))
    expect(
        still == 0,
        f"{still} of {len(trained)} arrays that are trainable did not move when the next batches "
        f"were trained on. {hint}",
    )
    x, y = random_batch(base)
    p = np.asarray(model(x, training=False))
    wanted = -np.log(np.maximum((p * y).sum(1), 1e-7)).mean()
    received = float(model.compute_loss(x, ops.convert_to_tensor(y), ops.convert_to_tensor(p)))
    expect(
        np.isclose(received, wanted, rtol=1e-3, atol=1e-4),
        "The loss must be that for one-hot labels and one class per image, "
        f'"categorical_crossentropy": {wanted:.3f} on a batch here. Received: {received:.3f}',
    )


@check(transfer.unfreeze_top)
def unfreeze_top_again(unfreeze_top):
    """Asked again with another block, the blocks below it are frozen again."""
    base = tiny_vgg16(32, 32)
    model = tiny_classifier(base)
    # Not with a lower block: Keras on TensorFlow overlooks `base.trainable = True`, as everyone
    # writes it, where that is True already.
    for asked, block, expected in (
        ("Asked", "block2", ["block2", "block3", "block4", "block5"]),
        ("Asked again,", "block5", ["block5"]),
    ):
        unfreeze_top(model, base, block, 1e-4)
        expect_blocks(blocks_trained(model, base), expected, f"{asked} with {block!r},")


@check(transfer.unfreeze_top)
def unfreeze_top_keeps_weights(unfreeze_top):
    """What was learned before stays, and the head goes on learning."""
    run = unfrozen(unfreeze_top)
    expect(
        all(map(np.array_equal, run.before, run.after)),
        "Weights changed. Fine-tuning starts from what was learned: set `trainable`, compile.",
    )
    expect(
        len(run.head.trainable_weights) == 2 and run.model.trainable,
        "The head must stay trainable. Only layers of the base are frozen.",
    )
