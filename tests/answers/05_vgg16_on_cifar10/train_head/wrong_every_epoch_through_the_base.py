"""Trains the whole model with its base frozen: every epoch goes through the base again.

points: 4
hint: Compute the features first, then train on them
hint: Keep the features in the folder
"""


def train_head(base, train, valid, num_classes, folder):
    model = transfer.build_classifier(base, num_classes)
    optimizer = keras.optimizers.Adam(5e-2)
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return model, model.fit(train, validation_data=valid, epochs=4, verbose=0)
