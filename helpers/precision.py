"""Which number format a model is fastest in on this machine: measured, not guessed."""

import contextlib
import io
import time

import keras
import tensorflow as tf

POLICIES = ("float32", "mixed_bfloat16")
WORTH_IT = 1.2  # times as fast: for less, the full precision stays


def build_fastest(build, training=True, batch_size=32, rounds=2):
    """Builds a model in float32 or in mixed_bfloat16, whichever is faster here.

    `mixed_bfloat16` keeps the weights in float32 and computes with 8 bits of precision. Processors
    with instructions for it are several times as fast. Others may predict as fast as in float32
    and train at a quarter of the speed, so what is timed is what the model is for. Both are timed
    in turns on a random batch, which takes a few seconds; a printed line says what was measured.

    Args:
        build: Function without arguments that returns a `keras.Model` with one input. It is called
            once under each dtype policy.
        training: bool, whether the model is to be trained; else it is timed in prediction only.
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
    x = tf.random.uniform((batch_size, *models["float32"].input_shape[1:]), 0, 255)
    passes = {name: one_pass(model, training) for name, model in models.items()}
    seconds = dict.fromkeys(POLICIES, float("inf"))
    for measured in range(rounds + 1):  # the first round compiles and does not count
        for name, run in passes.items():
            start = time.perf_counter()
            run(x)
            tf.test.experimental.sync_devices()  # an accelerator is asked, and works on
            if measured:
                seconds[name] = min(seconds[name], time.perf_counter() - start)
    chosen = fastest(seconds)
    rates = ", ".join(f"{name} {batch_size / s:,.0f}" for name, s in seconds.items())
    what = "trained on" if training else "predicted"
    print(f"{models[chosen].name}, images {what} per second: {rates}. Going on with {chosen}.")
    return models[chosen]


def one_pass(model, training):
    """A function that sends images through a model, and gradients back; it changes no weights."""

    @tf.function
    def run(x):
        with tf.GradientTape() as tape:
            tape.watch(x)  # there is a way back with frozen weights, too
            y = model(x, training=False)  # True would let BatchNormalization learn from noise
        return tape.gradient(y, [x, *model.trainable_weights]) if training else y

    return run


def fastest(seconds):
    """The policy to take, from the seconds that each needs for the same work."""
    gain = seconds["float32"] / seconds["mixed_bfloat16"]
    return "mixed_bfloat16" if gain >= WORTH_IT else "float32"
