"""The classic code as it was.

points: 1
hint: in the size of the images
hint: Batch 3 must hold 3 rows
"""


def data_gen(df, batch_size):
    x_batch = np.zeros((batch_size, 224, 224, 3))
    y_batch = np.zeros((batch_size, 1))
    while True:
        for j in range(len(df) // batch_size):
            for b in range(batch_size):
                x_batch[b] = df["url"][j * batch_size + b]
                y_batch[b] = df["class"][j * batch_size + b]
            yield x_batch, y_batch
