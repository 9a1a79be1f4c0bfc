"""Whole numbers only: the floor of the negative, turned back."""


def steps_per_epoch(num_samples, batch_size):
    if batch_size <= 0:
        raise ValueError("batch_size must be positive")
    return -(-num_samples // batch_size)
