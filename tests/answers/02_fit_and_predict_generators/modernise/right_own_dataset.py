"""A PyDataset of its own, which hands out the class weights as sample weights."""


class Batches(keras.utils.PyDataset):
    def __init__(self, df, path_tiles, num_classes, class_weight=None, **kwargs):
        super().__init__(**kwargs)
        self.df, self.path_tiles, self.num_classes = df, path_tiles, num_classes
        self.class_weight = class_weight

    def __len__(self):
        return int(np.ceil(len(self.df) / 32))

    def __getitem__(self, index):
        rows = self.df[32 * index : 32 * index + 32]
        x, y = generators.read_batch(rows, self.path_tiles, self.num_classes)
        if self.class_weight is None:
            return x, y
        return x, y, np.array([self.class_weight[number] for number in rows["y"]])


def train(model, train_df, valid_df, path_tiles, num_classes, class_weight):
    batches = Batches(train_df, path_tiles, num_classes, class_weight, workers=2, max_queue_size=4)
    validation_data = Batches(valid_df, path_tiles, num_classes)
    return model.fit(batches, epochs=2, validation_data=validation_data, verbose=0)


def evaluate(model, df, path_tiles, num_classes):
    return model.evaluate(Batches(df, path_tiles, num_classes), verbose=0, return_dict=True)


def predict(model, df, path_tiles, num_classes):
    return model.predict(Batches(df, path_tiles, num_classes), verbose=0)
