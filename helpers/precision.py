"""Which number format a model is fastest in on this machine: measured, not guessed."""

import contextlib
import io
import time

import keras
import numpy as np

POLICIES = ("float32", "mixed_bfloat16")
WORTH_IT = 1.2  # times as fast: for less, the full precision stays


def build_fastest(build, batch_size=64, rounds=3):
    """Builds a model in float32 or in mixed_bfloat16, whichever predicts faster here.

    `mixed_bfloat16` keeps the weights in float32 and computes with 8 bits of precision. Processors
    with instructions for it gain up to six times, others lose. Both are timed in turns on a random
    batch, which takes a few seconds; a printed line says what was measured.

    Args:
        build: Function without arguments that returns a `keras.Model` with one input. It is called
            once under each dtype policy.
        batch_size: int, images in the batch.
        rounds: int, how often each is timed; the fastest counts.

    Returns:
        The faster of the two models. Keras' global dtype policy is as it was.

    Example:
    ```python
    base = build_fastest(lambda: vgg16_base("auto"))
    ```
    """
    policy = keras.config.dtype_policy()
    try:
        keras.config.set_dtype_policy("float32")
        models = {"float32": build()}
        keras.config.set_dtype_policy("mixed_bfloat16")
        with contextlib.redirect_stdout(io.StringIO()):  # what it has to say was said before
            models["mixed_bfloat16"] = build()
    finally:
        keras.config.set_dtype_policy(policy)
    shape = models["float32"].input_shape[1:]
    x = np.random.default_rng(0).uniform(0, 255, (batch_size, *shape)).astype("float32")
    seconds = dict.fromkeys(POLICIES, float("inf"))
    for measured in range(rounds + 1):  # the first round compiles and does not count
        for name, model in models.items():
            start = time.perf_counter()
            model.predict_on_batch(x)
            if measured:
                seconds[name] = min(seconds[name], time.perf_counter() - start)
    chosen = fastest(seconds)
    rates = ", ".join(f"{name} {batch_size / s:,.0f}" for name, s in seconds.items())
    print(f"{models[chosen].name}, images per second: {rates}. Going on with {chosen}.")
    return models[chosen]


def fastest(seconds):
    """The policy to take, from the seconds that each needs for the same work."""
    gain = seconds["float32"] / seconds["mixed_bfloat16"]
    return "mixed_bfloat16" if gain >= WORTH_IT else "float32"
