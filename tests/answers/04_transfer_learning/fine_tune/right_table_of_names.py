"""Names the convolutions of VGG16 in a table, and asks for each by its name."""

CONVOLUTIONS = {"block1": 2, "block2": 2, "block3": 3, "block4": 3, "block5": 3}


def unfreeze_top(model, base, block, learning_rate):
    base.trainable = True
    for name, count in CONVOLUTIONS.items():
        for i in range(1, count + 1):
            base.get_layer(f"{name}_conv{i}").trainable = name >= block
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=learning_rate),
        loss="categorical_crossentropy",
        metrics=["accuracy"],
    )
