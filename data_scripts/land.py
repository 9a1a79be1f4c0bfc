"""Draws land as seen from above: ten classes, each one function of a random generator.

Every picture is built from fields over the unit square (coordinates, noise, distances), so the
same generator gives the same scene at any size. Colours vary within a class and are shared
between classes: form tells them apart, the mean colour alone does not. While it is drawn a
picture is `(3, h, w)` float32, 0 to 255: so a colour `(3, 1, 1)` and a field `(h, w)` meet it by
plain broadcasting.
"""

import math

import cv2
import numpy as np

GROUND = np.array(
    [[84, 112, 58], [116, 134, 74], [58, 88, 46], [142, 118, 82], [104, 82, 58]]
    + [[188, 164, 118], [152, 146, 122], [170, 132, 90], [128, 128, 70]],
    dtype="float32",
)
WATER = np.array(
    [[24, 58, 98], [38, 92, 112], [40, 92, 88], [92, 108, 104], [66, 92, 124], [26, 44, 66]],
    dtype="float32",
)
CROPS = np.array(
    [[92, 134, 58], [124, 152, 70], [66, 108, 52], [196, 176, 92], [138, 122, 66]], dtype="float32"
)
CROWNS = np.array(
    [[42, 76, 38], [66, 100, 48], [88, 112, 56], [118, 104, 46], [132, 86, 44], [40, 64, 52]],
    dtype="float32",
)
SAND = np.array(
    [[206, 172, 118], [190, 132, 82], [222, 202, 160], [164, 142, 112], [152, 100, 66]],
    dtype="float32",
)
ROCK = np.array([[112, 104, 96], [92, 84, 74], [126, 100, 78], [84, 92, 78]], dtype="float32")
ROOFS = np.array(
    [[176, 170, 162], [150, 92, 72], [112, 110, 112], [206, 202, 194], [128, 112, 94]],
    dtype="float32",
)
PLOTS = 64 * 64
ASPHALT = np.array([[84, 84, 88], [120, 118, 114], [62, 62, 66], [146, 138, 126]], dtype="float32")
PAINT, SNOW, CLOUD = np.array(
    [[226, 222, 206], [232, 236, 244], [214, 220, 228]], dtype="float32"
).reshape(3, 3, 1, 1)


def pick(rng, palette, shape=(1, 1)):
    """Colours of a palette, varied in brightness and a little in hue: `(3,) + shape`."""
    colour = palette[rng.integers(len(palette), size=shape)]
    varied = colour * rng.normal(1, 0.12, (*shape, 1)) + rng.normal(0, 7, (*shape, 3))
    return np.moveaxis(varied, -1, 0).astype("float32")


def mix(below, above, cover):
    """Lays the colour or picture `above` over `below` where `cover`, `(h, w)`, is 1."""
    return below + (above - below) * cover


def edge(field, size, softness=1.5):
    """0 where `field` is negative, 1 where positive, with an edge a few pixels wide."""
    return np.clip(field * (size / softness) + 0.5, 0, 1)


def noise(rng, size, cells, octaves=4):
    """Smooth noise in 0 to 1, `(size, size)`: random grids, each twice as fine, half as strong."""
    total = np.zeros((size, size), "float32")
    for octave in range(octaves):
        grid = rng.random((cells * 2**octave + 2,) * 2, dtype="float32")
        total += cv2.resize(grid, (size, size), interpolation=cv2.INTER_CUBIC) / 2**octave
    return cv2.normalize(total, None, 0, 1, cv2.NORM_MINMAX)


def direction(rng):
    """Cosine and sine of a random angle, as plain numbers, so that float32 stays float32."""
    angle = rng.uniform(0, 2 * math.pi)
    return math.cos(angle), math.sin(angle)


def turned(rng, size):
    """Coordinates `u`, `v` about the middle of the tile, turned by a random angle."""
    x, y = np.meshgrid(*[(np.arange(size, dtype="float32") + 0.5) / size - 0.5] * 2)
    c, s = direction(rng)
    return x * c + y * s, y * c - x * s


def cells(u, v, period):
    """Cuts the plane into squares: a number below `PLOTS` for each pixel's square, and the
    pixel's place in it, -0.5 to 0.5 both ways."""
    a, b = u / period, v / period
    i, j = np.floor(a), np.floor(b)
    # A tile never shows more than 64 squares in a row, so no number is met twice.
    plot = (i.astype("int32") % 64) * 64 + j.astype("int32") % 64
    return plot, a - i - 0.5, b - j - 0.5


def lit(rng, height, strength):
    """Shades a height field from a random side: a factor about 1, `(h, w)`."""
    c, s = direction(rng)
    dx = cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=height.shape[1] / 8)
    dy = cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=height.shape[0] / 8)
    return np.clip(1 + strength * (dx * c + dy * s), 0.35, 1.6)


def ground(rng, size):
    """Bare land, grass or scrub: what lies under trees, roads and rivers."""
    a, b = pick(rng, GROUND), pick(rng, GROUND)
    picture = mix(a, a + 0.5 * (b - a), noise(rng, size, int(rng.integers(2, 5))))
    return picture * (0.85 + 0.3 * noise(rng, size, 16, 3))


def water(rng, size):
    """Open water with waves and glints, sometimes with a shore."""
    u, v = turned(rng, size)
    swell = noise(rng, size, 3, 3)
    waves = np.sin(rng.uniform(60, 150) * (u + 0.12 * swell)) * noise(rng, size, 6, 2)
    a = pick(rng, WATER)
    picture = mix(a, pick(rng, WATER), swell)
    picture = picture * (1 + rng.uniform(0.04, 0.16) * waves)
    if rng.random() < 0.3:
        shore = v - rng.uniform(0.2, 0.4) + 0.2 * (noise(rng, size, 3) - 0.5)
        picture = mix(picture, pick(rng, SAND), edge(shore + 0.03, size, 4))
        picture = mix(picture, ground(rng, size), edge(shore, size))
    return picture


def forest(rng, size):
    """Crowns of trees without order, dense or with clearings."""
    period = rng.uniform(0.05, 0.11)
    count = int(1 / period) + 1
    places = (
        np.stack(np.mgrid[:count, :count], -1) + rng.uniform(0, 1, (count, count, 2))
    ) * period
    pixels = np.minimum((places.reshape(-1, 2) * size).astype("int32"), size - 1)
    free = np.full((size, size), 255, "uint8")
    free[pixels[:, 0], pixels[:, 1]] = 0
    distance = cv2.distanceTransform(free, cv2.DIST_L2, 5) / size
    crown = np.maximum(1 - (distance / (0.75 * period)) ** 2, 0)
    trees = mix(pick(rng, CROWNS), pick(rng, CROWNS), noise(rng, size, 12, 2))
    trees = trees * (0.55 + 0.5 * crown)
    trees *= lit(rng, crown, 0.5 * period)
    clearing = rng.uniform(-0.2, 0.42)
    gaps = edge(np.minimum(noise(rng, size, 4, 3) - clearing, crown - 0.05), size, 6)
    return mix(ground(rng, size) * 0.8, trees, gaps)


def cropland(rng, size):
    """One to four fields, each with straight rows of its own."""
    u, v = turned(rng, size)
    u, v = u + rng.uniform(-0.3, 0.3), v + rng.uniform(-0.3, 0.3)
    field = 2 * (u < 0) + (v < 0)  # 0 to 3: which field each pixel lies in
    along = np.where((rng.random(4) < 0.5)[field], u, v)
    density, contrast = rng.uniform([[45], [0.7]], [[120], [1]], (2, 4)).astype("float32")
    rows = 0.5 + 0.5 * np.sin(along * density[field])
    soil, crop = pick(rng, GROUND, (4,)), pick(rng, CROPS, (4,))
    picture = mix(soil[:, field], crop[:, field], rows * contrast[field])
    path = np.minimum(abs(u), abs(v)) if rng.random() < 0.6 else abs(u)
    picture = mix(picture, pick(rng, GROUND), 1 - edge(path - 0.008, size))
    return picture * (0.85 + 0.3 * noise(rng, size, 6))


def orchard(rng, size):
    """Crowns of trees in straight lines on grass or soil, with their shadows."""
    period = rng.uniform(0.1, 0.19)
    u, v = turned(rng, size)
    u, v = u + rng.uniform(0, 1), (v + rng.uniform(0, 1)) * rng.uniform(0.8, 1.25)
    radius = rng.uniform(0.3, 0.42, PLOTS).astype("float32")
    radius[rng.random(PLOTS) > rng.uniform(0.86, 1)] = -1  # here the tree is missing
    picture, colour = ground(rng, size) * 1.2, pick(rng, CROWNS)
    shadow = rng.uniform(-0.2, 0.2) * period
    for du, dv, paint in ((shadow, 0.2 * period, 0.55 * picture), (0, 0, None)):
        plot, a, b = cells(u - du, v - dv, period)
        inside = radius[plot] - cv2.magnitude(a, b)
        if paint is None:
            paint = colour * (0.75 + 1.2 * np.maximum(inside, 0))
        picture = mix(picture, paint, edge(inside * period, size))
    return picture


def desert(rng, size):
    """Dunes: winding ridges with a bright and a dark side."""
    u, _ = turned(rng, size)
    bend = noise(rng, size, 2, 3)
    phase = (rng.uniform(3, 9) * (u + rng.uniform(0.2, 0.5) * bend)) % 1
    crest = rng.uniform(0.6, 0.8)
    height = np.where(phase < crest, phase / crest, (1 - phase) / (1 - crest)).astype("float32")
    dark = np.clip((phase - crest) * 12, 0, 1) * np.clip((1 - phase) * 12, 0, 1)
    picture = pick(rng, SAND) * (0.82 + 0.26 * height - rng.uniform(0.15, 0.35) * dark)
    return picture * (0.93 + 0.14 * noise(rng, size, 24, 2))


def city(rng, size):
    """Blocks of buildings with shadows between straight streets, here and there a park."""
    u, v = turned(rng, size)
    u, v = u + rng.uniform(0, 1), v + rng.uniform(0, 1)
    block = rng.uniform(0.2, 0.36)
    parts = int(rng.integers(2, 4))
    _, a, b = cells(u, v, block)
    street = (0.5 - np.maximum(abs(a), abs(b)) - rng.uniform(0.05, 0.1)) * block
    picture = mix(pick(rng, ASPHALT), pick(rng, GROUND), edge(street, size))
    lot = block / parts
    plot, a, b = cells(u, v, lot)
    roofs = pick(rng, ROOFS, (PLOTS,))
    wide, deep = rng.uniform(0.28, 0.44, (2, PLOTS)).astype("float32")
    wide[rng.random(PLOTS) < 0.12] = -1  # nothing built here
    shadow = 0.14 if rng.random() < 0.5 else -0.14
    for da, db, paint in ((shadow, 0.14, 0.5 * picture), (0, 0, roofs[:, plot])):
        inside = np.minimum(wide[plot] - abs(a - da), deep[plot] - abs(b - db))
        picture = mix(picture, paint, edge(np.minimum(inside * lot, street), size))
    return picture * (0.92 + 0.16 * noise(rng, size, 12, 3))


def road(rng, size):
    """A road, straight or gently bent, with markings, sometimes with a crossing."""
    picture = ground(rng, size)
    for _ in range(1 + (rng.random() < 0.3)):
        u, v = turned(rng, size)
        v = v + rng.uniform(-0.2, 0.2) + rng.uniform(-0.5, 0.5) * u * u
        half = rng.uniform(0.035, 0.08)
        picture = mix(picture, pick(rng, GROUND), edge(1.5 * half - abs(v), size) * 0.5)
        picture = mix(picture, pick(rng, ASPHALT), edge(half - abs(v), size))
        dashes = np.minimum(half / 9 - abs(v), 0.25 - abs((u * 9) % 1 - 0.5))
        lines = np.maximum(dashes, half / 12 - abs(abs(v) - 0.8 * half))
        picture = mix(picture, PAINT, edge(lines, size) * rng.uniform(0.3, 1))
    return picture


def river(rng, size):
    """A river that winds through the land, with banks."""
    u, v = turned(rng, size)
    bends = rng.uniform(0.05, 0.13) * np.sin(u * rng.uniform(6, 13) + rng.uniform(0, 6))
    v = v + rng.uniform(-0.15, 0.15) + bends + 0.16 * (noise(rng, size, 3, 3) - 0.5)
    half = rng.uniform(0.045, 0.11) * (0.7 + 0.6 * noise(rng, size, 3, 1))
    picture = ground(rng, size)
    bank = rng.uniform(0.01, 0.05)
    picture = mix(
        picture, pick(rng, SAND), edge(half + bank - abs(v), size, 4) * rng.uniform(0, 0.8)
    )
    stream = pick(rng, WATER) * (0.9 + 0.2 * noise(rng, size, 5, 2))
    return mix(picture, stream, edge(half - abs(v), size, 2))


def mountain(rng, size):
    """Ridges and valleys lit from one side, with snow on the heights."""
    height = 1 - abs(2 * noise(rng, size, 2, 6) - 1)
    shade = lit(rng, height, rng.uniform(0.09, 0.16))
    picture = mix(pick(rng, ROCK), pick(rng, GROUND), noise(rng, size, 4, 3) * 0.7)
    line = rng.uniform(0.3, 0.95)
    snow = edge(height + 0.2 * (noise(rng, size, 8, 3) - 0.5) - line, size, size / 8)
    return mix(picture, SNOW, snow) * shade


def pivot(rng, size):
    """Circles of crops watered by a turning arm, in a square pattern on dry land."""
    period = rng.uniform(0.34, 0.8)
    u, v = turned(rng, size)
    plot, a, b = cells(u + rng.uniform(0, 1), v + rng.uniform(0, 1), period)
    radius, angle = cv2.cartToPolar(a, b)
    start = rng.uniform(0, math.pi, PLOTS).astype("float32")
    end = start + rng.choice([0, 0.8, 1.6, 3.1], PLOTS).astype("float32")
    wedge = (angle > start[plot]) & (angle < end[plot])
    field = pick(rng, CROPS, (2 * PLOTS,))[:, plot + PLOTS * wedge]
    field = field * (1 + 0.07 * np.sin(radius * rng.uniform(50, 90)))
    picture = mix(pick(rng, SAND), pick(rng, GROUND), noise(rng, size, 4, 4) * 0.6)
    inside = (rng.uniform(0.4, 0.49) - radius) * period
    return mix(picture, field, edge(inside, size)) * (0.9 + 0.2 * noise(rng, size, 10, 3))


DRAW = dict(
    water=water, forest=forest, cropland=cropland, orchard=orchard, desert=desert, city=city,
    road=road, river=river, mountain=mountain, pivot=pivot,
)  # fmt: skip


def photographed(rng, picture):
    """What the air and the camera do: light, tint, haze, clouds, blur, grain."""
    size = picture.shape[-1]
    tint = rng.uniform(0.84, 1.14) * rng.uniform(0.95, 1.05, (3, 1, 1))
    haze = np.full((size, size), rng.uniform(0, 0.16), "float32")
    if rng.random() < 0.15:
        haze += 0.9 * np.clip(3 * (noise(rng, size, 3, 5) - rng.uniform(0.6, 0.75)), 0, 1)
    picture = mix(picture * tint.astype("float32"), CLOUD, haze)
    if rng.random() < 0.25:
        picture = np.stack([cv2.GaussianBlur(p, (0, 0), max(size / 180, 0.3)) for p in picture])
    picture += rng.uniform(1, 7) * rng.standard_normal((size, size), dtype="float32")
    return cv2.merge(list(np.clip(picture, 0, 255).astype("uint8")))


def draw(rng, size, class_name):
    """Draws one tile.

    Args:
        rng: A `numpy.random.Generator`.
        size: Height and width in pixels.
        class_name: A key of `DRAW`.

    Returns:
        A `(size, size, 3)` uint8 array, RGB.
    """
    return photographed(rng, DRAW[class_name](rng, size))
