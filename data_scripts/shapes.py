"""Draws small pictures of named classes: what the small VGG16 is trained on, and the stand-in.

A picture is a shape with a texture in front of a cluttered background. A shape is a function that
is negative inside and positive outside, close to the distance from the edge, so `np.minimum` joins
two shapes, `np.maximum(a, -b)` cuts one out of another, and the value at a pixel gives a smooth
edge. Chance and drawing are apart: `draw_parameters` draws every random number of one picture,
`render` is a pure function of them.

`SOURCE_CLASSES` (48) are 16 plain shapes, each with each of three textures: `ring_stripes`.
`TARGET_CLASSES` (10) are things: `fish`, `house`. No target shape is a source shape.
"""

import cv2
import numpy as np

SIZE = 32


def disc(x, y, cx=0.0, cy=0.0, r=1.0):
    return np.hypot(x - cx, y - cy) - r


def box(x, y, cx=0.0, cy=0.0, w=1.0, h=1.0):
    """A rectangle of half width `w` and half height `h`."""
    return np.maximum(np.abs(x - cx) - w, np.abs(y - cy) - h)


def polygon(x, y, *corners):
    """A convex polygon; its corners run clockwise with y pointing down."""
    inside = []
    for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
        length = np.hypot(x1 - x0, y1 - y0)
        inside.append(((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / length)
    return np.max(inside, axis=0)


def petals(x, y, count, depth):
    """A disc whose radius swings `count` times around."""
    radius = 0.75 + depth * np.cos(count * np.arctan2(x, -y))
    return (np.hypot(x, y) - radius) * 0.8


def join(*parts):
    return np.min(parts, axis=0)


def turn(x, y, angle):
    """The coordinates as seen by something that is turned by `angle`, in radians."""
    c, s = np.cos(angle), np.sin(angle)
    return c * x + s * y, c * y - s * x


# Coordinates: x to the right, y down, the picture's shape fills about -1 to 1.
SOURCE_SHAPES = {
    "disc": lambda x, y: disc(x, y, r=0.85),
    "ring": lambda x, y: np.abs(disc(x, y, r=0.7)) - 0.22,
    "oval": lambda x, y: disc(x, y * 2.0, r=1.0) * 0.6,
    "square": lambda x, y: box(x, y, w=0.75, h=0.75),
    "frame": lambda x, y: np.abs(box(x, y, w=0.65, h=0.65)) - 0.2,
    "bar": lambda x, y: box(x, y, w=1.0, h=0.32),
    "triangle": lambda x, y: polygon(x, y, (0, -0.95), (0.95, 0.75), (-0.95, 0.75)),
    "cross": lambda x, y: join(box(x, y, w=0.95, h=0.28), box(x, y, w=0.28, h=0.95)),
    "corner": lambda x, y: join(box(x, y, -0.6, 0, 0.28, 0.9), box(x, y, 0.1, 0.62, 0.9, 0.28)),
    "tee": lambda x, y: join(box(x, y, 0, -0.6, 0.9, 0.28), box(x, y, 0, 0.1, 0.28, 0.9)),
    "bowl": lambda x, y: np.maximum(disc(x, y, 0, -0.4, 1.05), -0.4 - y),
    "zigzag": lambda x, y: (
        np.maximum(np.abs(y - np.abs((x * 2 + 4.5) % 2 - 1) + 0.5) - 0.4, np.abs(x) - 1) * 0.6
    ),
    "arc": lambda x, y: np.maximum(np.abs(disc(x, y, 0, 0.4, 0.8)) - 0.24, y - 0.4),
    "chevron": lambda x, y: np.maximum(np.abs(x + np.abs(y) - 0.3) - 0.35, np.abs(y) - 0.9) * 0.8,
    "dumbbell": lambda x, y: join(
        disc(x, y, -0.65, 0, 0.35), disc(x, y, 0.65, 0, 0.35), box(x, y, w=0.6, h=0.13)
    ),
    "kite": lambda x, y: polygon(x, y, (0, -1.0), (0.65, -0.3), (0, 1.0), (-0.65, -0.3)),
}

TARGET_SHAPES = {
    "arrow": lambda x, y: join(
        box(x, y, -0.4, 0, 0.6, 0.2), polygon(x, y, (0.1, -0.7), (1.0, 0), (0.1, 0.7))
    ),
    "boat": lambda x, y: join(
        polygon(x, y, (-1.0, 0.3), (1.0, 0.3), (0.6, 0.85), (-0.6, 0.85)),
        polygon(x, y, (-0.05, -1.0), (-0.05, 0.12), (-0.8, 0.12)),
        polygon(x, y, (0.12, -0.7), (0.75, 0.12), (0.12, 0.12)),
    ),
    "fish": lambda x, y: np.maximum(
        join(
            disc(x + 0.2, y * 1.5, r=0.75) * 0.8,
            polygon(x, y, (0.35, 0), (1.0, -0.6), (1.0, 0.6)),
        ),
        -disc(x, y, -0.55, -0.12, 0.13),
    ),
    "flower": lambda x, y: np.maximum(petals(x, y, 6, 0.22), -disc(x, y, r=0.22)),
    "heart": lambda x, y: join(
        disc(x, y, -0.45, -0.35, 0.5),
        disc(x, y, 0.45, -0.35, 0.5),
        polygon(x, y, (-0.85, -0.05), (0, -0.6), (0.85, -0.05), (0, 0.95)),
    ),
    "house": lambda x, y: np.maximum(
        join(box(x, y, 0, 0.4, 0.7, 0.5), polygon(x, y, (0, -0.95), (1.0, 0.0), (-1.0, 0.0))),
        -box(x, y, 0.0, 0.6, 0.2, 0.35),
    ),
    "key": lambda x, y: join(
        np.abs(disc(x, y, -0.6, 0, 0.34)) - 0.14,
        box(x, y, 0.35, 0, 0.65, 0.13),
        box(x, y, 0.45, 0.25, 0.12, 0.25),
        box(x, y, 0.85, 0.25, 0.12, 0.25),
    ),
    "moon": lambda x, y: np.maximum(disc(x, y, r=0.95), -disc(x, y, 0.45, -0.1, 0.8)),
    "star": lambda x, y: join(
        *[
            polygon(*turn(x, y, a), (0, -1.0), (0.3, 0.1), (-0.3, 0.1))
            for a in np.arange(5) * (2 * np.pi / 5)
        ]
    ),
    "tree": lambda x, y: join(
        polygon(x, y, (0, -1.0), (0.55, -0.25), (-0.55, -0.25)),
        polygon(x, y, (0, -0.6), (0.8, 0.5), (-0.8, 0.5)),
        box(x, y, 0, 0.7, 0.17, 0.3),
    ),
}

# A texture tells where the second colour goes: 0 to 1 for positions in pixels.
TEXTURES = {
    "plain": lambda x, y, period: np.zeros_like(x),
    "stripes": lambda x, y, period: (np.sin(x * (2 * np.pi / period)) > 0) * 1.0,
    "dots": lambda x, y, period: np.clip(
        0.8 + 0.25 * period - np.hypot(x % period - period / 2, y % period - period / 2), 0, 1
    ),
}

SOURCE_CLASSES = [f"{shape}_{texture}" for shape in SOURCE_SHAPES for texture in TEXTURES]
TARGET_CLASSES = sorted(TARGET_SHAPES)


def _colours(rng, calm):
    """The background's two colours and the shape's two: (4, 3), about 0 to 1."""
    while True:  # some 20 times: in Python's own numbers, since arrays as small as these are slow
        colours, pale = rng.uniform(0.05, 0.95, (4, 3)).tolist(), rng.uniform(0, 0.7)
        # Less colourful, as the things around us are.
        colours = [[c + (sum(colour) / 3 - c) * pale for c in colour] for colour in colours]
        back, back2, fore, fore2 = (0.3 * r + 0.59 * g + 0.11 * b for r, g, b in colours)
        apart = [abs(fore - grey) for grey in (back, back2, fore2)]
        if calm and min(apart) > 0.25 and (fore > back) == (fore > back2):
            return np.array(colours)
        if not calm and apart[0] > 0.25 and apart[2] > 0.25 and _distance(*colours[:3]) > 0.35:
            return np.array(colours)


def _distance(back, back2, fore):
    """How far the shape is from the nearer colour of the background, summed over the channels."""
    return min(sum(abs(f - b) for f, b in zip(fore, c, strict=True)) for c in (back, back2))


def draw_parameters(rng, calm=False):
    """Draws every random number of one picture.

    Args:
        rng: A `np.random.Generator`.
        calm: bool. True for things: they stand out more, and are a little less turned, shifted
            and cluttered than source shapes.

    Returns:
        A dictionary for `render`; lengths are parts of the picture's half width.
    """
    shift, turned, clutter = (0.18, 25, 3) if calm else (0.2, 30, 5)
    return {
        "centre": rng.uniform(-shift, shift, 2),
        "scale": rng.uniform(0.52, 0.88) if calm else rng.uniform(0.5, 0.85),
        "aspect": rng.uniform(0.85, 1.18),
        "angle": np.deg2rad(rng.uniform(-turned, turned)),
        "mirror": rng.choice([-1, 1]),
        "colours": _colours(rng, calm),
        "texture": rng.choice(["plain", "plain", "plain", "stripes", "dots"]),
        "texture_angle": rng.uniform(0, np.pi),
        "period": rng.uniform(4.0, 6.0),
        "background": [rng.random((n, n)) for n in (3, 7, 14)],  # coarse to fine
        "clutter": rng.uniform(-1, 1, (rng.integers(clutter), 8)),
        "light": rng.uniform(-0.3, 0.3, 2),
        "noise": rng.normal(0, 0.03, (SIZE, SIZE, 3)),
    }


def render(name, parameters, size=SIZE):
    """Renders one picture of a class.

    Args:
        name: One of `SOURCE_CLASSES` or `TARGET_CLASSES`.
        parameters: What `draw_parameters` returned.
        size: Height and width in pixels.

    Returns:
        `(size, size, 3)` uint8 RGB.
    """
    p = parameters
    shape, _, texture = name.partition("_")
    if name not in SOURCE_CLASSES and name not in TARGET_CLASSES:
        raise ValueError(
            f"`name` must be one of SOURCE_CLASSES or TARGET_CLASSES. Received: name={name!r}"
        )
    half = size / 2
    y, x = (np.mgrid[:size, :size] + 0.5) / half - 1
    back, back2, fore, fore2 = p["colours"]

    layers = [cv2.resize(a, (size, size), interpolation=cv2.INTER_CUBIC) for a in p["background"]]
    mix = (layers[0] + layers[1] / 2 + layers[2] / 4)[..., None] / 1.75
    image = back + (back2 - back) * 0.8 * mix
    for cx, cy, w, h, tilt, *colour in p["clutter"]:  # small boxes, of no class
        edge = box(
            *turn(x - cx, y - cy, tilt * np.pi), w=0.05 + 0.25 * abs(w), h=0.05 + 0.1 * abs(h)
        )
        cover = np.clip(0.5 - edge * half, 0, 1)[..., None]
        image = image + 0.7 * cover * (np.abs(colour) - image)

    u, v = turn(x - p["centre"][0], y - p["centre"][1], p["angle"])
    u, v = u * p["mirror"] / p["scale"], v * p["aspect"] / p["scale"]
    edge = {**SOURCE_SHAPES, **TARGET_SHAPES}[shape](u, v)
    cover = np.clip(0.5 - edge * p["scale"] * half, 0, 1)[..., None]

    along, across = turn(x * 16 + 100, y * 16 + 100, p["texture_angle"])
    second = TEXTURES[texture or p["texture"]](along, across, p["period"])[..., None]
    image = image + cover * (fore + 0.7 * (fore2 - fore) * second - image)

    lx, ly = p["light"]
    image = image * (1 + lx * x + ly * y)[..., None]
    image = image + cv2.resize(p["noise"], (size, size), interpolation=cv2.INTER_NEAREST)
    return (np.clip(image, 0, 1) * 255).astype(np.uint8)


def draw(name, rng, size=SIZE):
    """Draws one picture of a class: `draw_parameters`, then `render`."""
    return render(name, draw_parameters(rng, calm=name in TARGET_CLASSES), size)
