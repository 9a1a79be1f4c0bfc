"""Counts the starts of the batches."""


def steps_per_epoch(num_samples, batch_size):
    if not batch_size >= 1:
        raise ValueError("a batch holds at least one sample")
    return len(range(0, num_samples, batch_size))
