"""Returns nothing.

points: 5
hint: Is there a `return`
"""


def freeze(model, last_trainable_block=None):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name.startswith(f"{last_trainable_block}_")
