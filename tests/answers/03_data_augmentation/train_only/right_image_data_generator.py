"""Two ImageDataGenerators, one of them plain."""

def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    first = cv2.imread(str(path_tiles / train_df["tile_name"].iloc[0]))
    kwargs = {
        "directory": str(path_tiles),
        "x_col": "tile_name",
        "y_col": "y",
        "target_size": first.shape[:2],
        "classes": [str(k) for k in range(num_classes)],
        "batch_size": batch_size,
        "seed": seed,
    }
    augmenting = ImageDataGenerator(
        rescale=1 / 255, shear_range=11.3, zoom_range=0.2, horizontal_flip=True
    )
    train = augmenting.flow_from_dataframe(train_df.astype({"y": str}), **kwargs)
    plain = ImageDataGenerator(rescale=1 / 255)
    valid = plain.flow_from_dataframe(valid_df.astype({"y": str}), shuffle=False, **kwargs)
    return train, valid
