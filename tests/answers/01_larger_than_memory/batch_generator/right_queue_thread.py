"""A producer thread fills a small queue, as Keras does it with max_queue_size."""

import queue
import threading


def batch_generator(df, batch_size, path_tiles, num_classes):
    batches = queue.Queue(maxsize=4)

    def produce():
        try:
            while True:
                for start in range(0, len(df), batch_size):
                    rows = df.iloc[start : start + batch_size]
                    paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
                    x = np.stack([cv2.cvtColor(cv2.imread(p), cv2.COLOR_BGR2RGB) for p in paths])
                    batches.put((x.astype("float32") / 255, rows["y"].to_numpy()))
        except Exception as error:
            batches.put(error)

    threading.Thread(target=produce, daemon=True).start()
    while True:
        batch = batches.get()
        if isinstance(batch, Exception):
            raise batch
        x, labels = batch
        yield x, (labels[:, None] == np.arange(num_classes)).astype("float32")
