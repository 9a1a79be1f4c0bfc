"""Takes batches of nothing away for ever.

points: 2
hint: Look at the batch size first
"""


def steps_per_epoch(num_samples, batch_size):
    steps = 0
    while num_samples > 0:
        num_samples -= batch_size
        steps += 1
    return steps
