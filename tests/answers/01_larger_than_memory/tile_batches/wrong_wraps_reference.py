"""Keeps an object of the course's own class and asks it for everything.

points: 0
hint: hands the work to the reference
"""

from helpers.generators import TileBatches as Reference


class TileBatches(keras.utils.PyDataset):
    def __init__(self, df, batch_size, path_tiles, num_classes, shuffle=False, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.inner = Reference(df, batch_size, path_tiles, num_classes, shuffle, seed)

    def __len__(self):
        return len(self.inner)

    def __getitem__(self, index):
        return self.inner[index]

    def on_epoch_end(self):
        self.inner.on_epoch_end()
