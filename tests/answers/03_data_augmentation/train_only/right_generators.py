"""Endless generators."""

def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    rng = np.random.default_rng(seed)

    def batches(df, augment):
        while True:
            for start in range(0, len(df), batch_size):
                rows = df.iloc[start : start + batch_size]
                x = np.stack(
                    [cv2.imread(f"{path_tiles}/{n}")[..., ::-1] for n in rows["tile_name"]]
                )
                x = augment_batch(x, rng) if augment else x
                yield x.astype("float32") / 255, np.eye(num_classes)[rows["y"]]

    return batches(train_df, True), batches(valid_df, False)
