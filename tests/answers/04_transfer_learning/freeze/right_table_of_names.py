"""Names the convolutions of VGG16 in a table, and asks for each by its name."""

CONVOLUTIONS = {"block1": 2, "block2": 2, "block3": 3, "block4": 3, "block5": 3}


def freeze(model, last_trainable_block=None):
    for layer in model.layers:
        layer.trainable = False
    if not last_trainable_block:
        return 0
    model.trainable = True
    for layer in model.layers:
        layer.trainable = False
    count = 0
    for i in range(CONVOLUTIONS[last_trainable_block]):
        layer = model.get_layer(f"{last_trainable_block}_conv{i + 1}")
        layer.trainable = True
        count += sum(values.size for values in layer.get_weights())
    return count
