"""Checks of the orders in which `TileBatches` gives its rows."""

import random

import numpy as np

from helpers.checks import beside, expect
from helpers.checks.batches import expect_each_row_once
from helpers.checks.larger_than_memory.tile_batches import make, numbers_batches, one_epoch
from helpers.checks.tiles import random_tiles


@numbers_batches
def tile_batches_shuffle(TileBatches):
    """Shuffled, every epoch has each row once, in another order, the first one too."""
    with random_tiles(24) as tiles:

        def epochs(count, numbers, **kwargs):
            """The rows of each batch of each epoch."""
            dataset = make(TileBatches, tiles, 8, **kwargs)
            for epoch in range(1, count + 1):
                batches = one_epoch(dataset, numbers)
                expect_each_row_once(tiles, batches, f"Epoch {epoch}")
                shown = [tiles.seen_in(x) for x, _ in batches]
                yield [shown[numbers.index(number)] for number in range(3)]

        table = [list(range(i, i + 8)) for i in (0, 8, 16)]
        expect(
            list(epochs(2, (0, 1, 2))) == [table] * 2,
            "With shuffle=False every epoch must keep the order of the table.",
        )
        for seed in ({}, {"seed": 3}):
            # Threads do not ask for batches one after the other.
            first, second, third = epochs(3, (1, 2, 0), shuffle=True, **seed)
            expect(first != table, "The first epoch was not shuffled.")
            expect(
                first != second and second != third,
                "Two epochs had the same order. Keras calls on_epoch_end after every epoch: "
                "draw a new order there.",
            )
            expect(
                sorted(map(sorted, first)) != sorted(map(sorted, second)),
                "The same rows stayed together in a batch: only the batches, or the rows inside "
                "each, changed places. Shuffle the whole table.",
            )


def draw(count):
    """Draws from the generators that all code of a process shares."""
    for _ in range(count):
        np.random.random(), random.random()  # noqa: NPY002


@numbers_batches
def tile_batches_seed(TileBatches):
    """The same seed gives the same orders, whatever else draws random numbers."""
    with random_tiles(24) as tiles:
        table = tiles.df

        def orders(seed, draws):
            """Three epochs, while somebody else draws from the global generators, too."""
            tiles.df = table.copy()
            dataset = make(TileBatches, tiles, 8, shuffle=True, seed=seed)
            shown = []
            for _ in range(3):
                beside(draw, draws)
                shown += [tiles.seen_in(x) for x, _ in one_epoch(dataset, range(3))]
            return shown

        runs = {}
        for seed in (0, 5):
            runs[seed] = orders(seed, draws=1)
            expect(
                orders(seed, draws=2) == runs[seed],
                f"Two datasets with seed={seed} gave different orders, while somebody else drew "
                "numbers from np.random and random in between. Keep a generator of your own: "
                "self.rng = np.random.default_rng(seed).",
            )
        expect(runs[0] != runs[5], "Seeds 0 and 5 gave the same order.")
