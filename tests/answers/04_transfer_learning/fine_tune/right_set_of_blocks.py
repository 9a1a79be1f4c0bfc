"""Names the blocks from the block on."""


def unfreeze_top(model, base, block, learning_rate):
    blocks = [f"block{i}" for i in range(int(block[-1]), 6)]
    base.trainable = True
    for layer in base.layers:
        layer.trainable = any(layer.name.startswith(name) for name in blocks)
    optimizer = keras.optimizers.SGD(learning_rate=learning_rate, momentum=0.9)
    model.compile(optimizer, keras.losses.CategoricalCrossentropy(), metrics=["accuracy"])
