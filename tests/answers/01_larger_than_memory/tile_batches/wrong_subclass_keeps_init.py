"""Writes the methods, but leaves __init__ to the course's own class.

points: 0
hint: hands the work to the reference
"""

from helpers import generators


class TileBatches(generators.TileBatches):
    def __len__(self):
        return math.ceil(len(self.df) / self.batch_size)

    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise IndexError(index)
        rows = self.df.iloc[self.order[index * self.batch_size : (index + 1) * self.batch_size]]
        paths = [os.path.join(self.path_tiles, name) for name in rows["tile_name"]]
        x = np.stack([cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths])
        return x.astype("float32") / 255, np.eye(self.num_classes, dtype="float32")[rows["y"]]

    def on_epoch_end(self):
        if self.shuffle:
            self.order = self.rng.permutation(len(self.df))
