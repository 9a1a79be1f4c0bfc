"""np.ceil alone gives a float, which Keras does not take as a number of steps.

points: 2
hint: whole number of type int
"""


def steps_per_epoch(num_samples, batch_size):
    if batch_size < 1:
        raise ValueError(batch_size)
    return np.ceil(num_samples / batch_size)
