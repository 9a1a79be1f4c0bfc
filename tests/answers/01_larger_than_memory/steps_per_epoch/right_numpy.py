"""np.ceil, turned into an int."""


def steps_per_epoch(num_samples, batch_size):
    if batch_size < 1:
        raise ValueError(f"batch_size={batch_size}")
    return int(np.ceil(num_samples / batch_size))
