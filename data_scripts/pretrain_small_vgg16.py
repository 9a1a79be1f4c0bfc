"""Trains the small VGG16 that comes with the course, on drawn classes, and writes

    helpers/weights/small_vgg16.weights.h5    the weights, under 1.5 MB
    helpers/weights/small_vgg16.sha256        their checksum
    helpers/weights/small_vgg16.md            a card: data, classes, accuracy on held-out images

    python -m data_scripts.pretrain_small_vgg16

Two to four minutes on 2 cores. The same seed gives the same weights on the same machine and
libraries; elsewhere rounding differs, and with it the last digits.

Thirteen layers of ReLU learn slowly from nothing. Here each convolution is followed by
BatchNormalization while it is trained; that is a scale and a shift per filter, so it is folded
into the convolution afterwards, and what is shipped is a plain VGG16.
"""

import argparse
import hashlib
import platform
import time
from pathlib import Path

import keras
import numpy as np
from keras import layers
from keras.applications.vgg16 import preprocess_input
from tqdm import tqdm

from data_scripts.shapes import SIZE, SOURCE_CLASSES, TARGET_CLASSES, draw
from helpers.paths import write_atomically
from helpers.vgg16 import SMALL_WEIGHTS, SMALL_WIDTH, vgg16_base


def draw_images(num_images, seed, part):
    """Draws images of the source classes, the classes in turn.

    Args:
        num_images: int.
        seed: int, 0 or more.
        part: int, 0 for training, 1 for held-out images: the two never share a picture.

    Returns:
        `(x, y)`: x uint8 `(num_images, 32, 32, 3)` RGB, y int64 `(num_images,)`.
    """
    x = np.empty((num_images, SIZE, SIZE, 3), np.uint8)
    y = np.arange(num_images) % len(SOURCE_CLASSES)
    for i in tqdm(range(num_images), desc="drawing", unit="image"):
        x[i] = draw(SOURCE_CLASSES[y[i]], np.random.default_rng([seed, part, i]))
    return x, y


def recolour(x, rng):
    """Swaps the colour channels of every image, and inverts half of the images.

    A drawn class does not depend on colour, so this makes other images of the same class, for
    nothing. Mirror images would add nothing: half of the drawings are mirrored already.

    Args:
        x: uint8 `(n, height, width, 3)`.
        rng: A `np.random.Generator`.

    Returns:
        A new array like `x`.
    """
    channels = rng.permuted(np.tile(np.arange(3), (len(x), 1)), axis=1)
    x = np.take_along_axis(x, channels[:, None, None, :], axis=3)
    invert = rng.random(len(x)) < 0.5
    x[invert] = 255 - x[invert]
    return x


def with_batch_norm(base):
    """Wraps a base for training: BatchNormalization between convolution and ReLU.

    The convolutions are shared with `base`, which loses its ReLUs until `fold_batch_norm`.
    """
    x = inputs = keras.Input(base.input_shape[1:])
    for layer in base.layers[1:]:
        x = layer(x)
        if isinstance(layer, layers.Conv2D):
            layer.activation = keras.activations.linear
            x = layers.BatchNormalization(momentum=0.95, name=f"{layer.name}_norm")(x)
            x = layers.ReLU()(x)
    return keras.Model(inputs, x)


def fold_batch_norm(trained, base):
    """Multiplies each BatchNormalization into the convolution before it; `base` is whole again."""
    for layer in base.layers:
        if isinstance(layer, layers.Conv2D):
            norm = trained.get_layer(f"{layer.name}_norm")
            gamma, beta, mean, variance = norm.get_weights()
            kernel, bias = layer.get_weights()
            scale = gamma / np.sqrt(variance + norm.epsilon)
            layer.set_weights([kernel * scale, (bias - mean) * scale + beta])
            layer.activation = keras.activations.relu


def pretrain(num_images=24_000, epochs=10, seed=0):
    """Trains the small VGG16 on drawn images of `SOURCE_CLASSES`.

    Args:
        num_images: int, training images; a tenth as many are held out.
        epochs: int.
        seed: int, 0 or more.

    Returns:
        `(base, accuracy)`: the base with plain convolutions, and the part of the held-out images
        that it classifies right, together with the linear layer it was trained with.
    """
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    x, y = draw_images(num_images, seed, part=0)
    held_out_x, held_out_y = draw_images(max(1, num_images // 10), seed, part=1)

    base = vgg16_base(None, (SIZE, SIZE, 3), width=SMALL_WIDTH)
    trained = with_batch_norm(base)
    head = [layers.GlobalAveragePooling2D(), layers.Dense(len(SOURCE_CLASSES))]
    model = keras.Sequential([trained, *head])
    steps = -(-num_images // 128) * epochs
    rate = keras.optimizers.schedules.CosineDecay(
        0.0, steps, warmup_target=3e-3, warmup_steps=min(100, steps // 10)
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(rate), loss=loss, metrics=["accuracy"])
    bar = tqdm(range(epochs), desc="training", unit="epoch")
    for _ in bar:
        batch_x = preprocess_input(recolour(x, rng).astype("float32"))
        history = model.fit(batch_x, y, batch_size=128, epochs=1, verbose=0).history
        bar.set_postfix({name: f"{values[0]:.3f}" for name, values in history.items()})

    fold_batch_norm(trained, base)
    plain = keras.Sequential([base, *head])
    logits = plain.predict(preprocess_input(held_out_x.astype("float32")), verbose=0)
    return base, float((logits.argmax(axis=1) == held_out_y).mean())


def write(base, out, card):
    """Writes the weights, their checksum and the card, each whole or not at all."""
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(f".partial-{out.name}")
    base.save_weights(partial)
    content = partial.read_bytes()
    partial.unlink()
    stem = out.name.removesuffix(".weights.h5")
    checksum = hashlib.sha256(content).hexdigest()
    write_atomically(out, content)
    write_atomically(out.with_name(f"{stem}.sha256"), f"{checksum}  {out.name}\n")
    write_atomically(out.with_name(f"{stem}.md"), card)


def make_card(base, accuracy, num_images, epochs, seed):
    """The card: what was trained, on what, and how well it does."""
    shapes = sorted({name.split("_")[0] for name in SOURCE_CLASSES})
    textures = sorted({name.split("_")[1] for name in SOURCE_CLASSES})
    return f"""# The small VGG16

- **Network:** the 13 convolutions and 5 poolings of VGG16 without top, each layer 1/8 as wide:
  {base.count_params():,} parameters. Input: RGB as `keras.applications.vgg16.preprocess_input`
  gives it, 32 x 32 pixels or larger.
- **Data:** {num_images:,} images of 32 x 32 pixels drawn by `data_scripts/shapes.py`, seed {seed};
  no photographs. Colours are swapped and inverted anew in each of {epochs} epochs.
- **Classes:** {len(SOURCE_CLASSES)}, each of {len(shapes)} shapes with each of {len(textures)} \
textures.
  Shapes: {", ".join(shapes[:8])},
  {", ".join(shapes[8:])}. Textures: {", ".join(textures)}.
- **Not among them:** the classes of the stand-in, {", ".join(TARGET_CLASSES[:5])},
  {", ".join(TARGET_CLASSES[5:])}.
- **Accuracy on {max(1, num_images // 10):,} held-out images** of the {len(SOURCE_CLASSES)} \
classes, with the linear layer it was
  trained with: {accuracy:.1%}. Chance: {1 / len(SOURCE_CLASSES):.1%}.
- **Made by:** `python -m data_scripts.pretrain_small_vgg16 --num-images {num_images} \
--epochs {epochs} --seed {seed}`,
  Keras {keras.__version__}, {keras.backend.backend()}, Python {platform.python_version()}.
- **Not for:** photographs. It has seen flat shapes only; on CIFAR-10 it is far behind weights
  from ImageNet.
"""


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=SMALL_WEIGHTS, help="file for the weights")
    parser.add_argument("--num-images", type=int, default=24_000)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--force", action="store_true", help="train again over finished weights")
    args = parser.parse_args(argv)
    if not args.out.name.endswith(".weights.h5"):
        parser.error(f"--out must end in .weights.h5. Received: {args.out}")
    if args.out.exists() and not args.force:
        print(f"{args.out} is there already; --force trains it again")
        return
    start = time.perf_counter()
    base, accuracy = pretrain(args.num_images, args.epochs, args.seed)
    card = make_card(base, accuracy, args.num_images, args.epochs, args.seed)
    write(base, args.out, card)
    print(
        f"{args.out}: {base.count_params():,} parameters, {args.out.stat().st_size / 1e6:.2f} MB, "
        f"{accuracy:.1%} of the held-out images right, {time.perf_counter() - start:.0f} s"
    )


if __name__ == "__main__":
    main()
