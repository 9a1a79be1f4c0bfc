"""math.ceil of the quotient."""


def steps_per_epoch(num_samples, batch_size):
    if batch_size < 1:
        raise ValueError(f"`batch_size` must be at least 1. Received: {batch_size}")
    return math.ceil(num_samples / batch_size)
