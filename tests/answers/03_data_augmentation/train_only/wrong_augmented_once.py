"""Augments a list of batches once, before training.

points: 4
hint: augmented once and kept
"""

def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    rng = np.random.default_rng(seed)
    plain = TileBatches(train_df, batch_size, path_tiles, num_classes)
    batches = [(augment_batch(x, rng), y) for x, y in (plain[i] for i in range(len(plain)))]

    class Kept(keras.utils.PyDataset):
        def __len__(self):
            return len(batches)

        def __getitem__(self, index):
            return batches[index]

    return Kept(), TileBatches(valid_df, batch_size, path_tiles, num_classes)
