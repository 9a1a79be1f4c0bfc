"""The objects of a check that were handed to the answer, in the process of the answer."""

import keras
import numpy as np
import pandas as pd

from grading.judge import models, packing, standins
from grading.judge.wire import Malformed


class Taken:
    """Objects of a check by the numbers that the grader gave them.

    Args:
        ask: function of `(number, name, *values)`, which calls a method of an object of the check.

    Attributes:
        kept: Kept, the objects of the answer, of which the grader may send one back.
        contents: dict from number to what tells whether the object is as the grader knows it.
    """

    def __init__(self, ask):
        self.ask, self.kept = ask, None
        self.objects, self.numbers, self.contents, self.optimizers = {}, {}, {}, {}

    def add(self, value, number):
        self.objects[number], self.numbers[id(value)] = value, number

    def forget(self, number):
        if number in self.objects:
            del self.numbers[id(self.objects.pop(number))]
            self.contents.pop(number, None)

    def same(self, value):
        """The node of an object of the check, other than data."""
        if isinstance(value, (np.ndarray, pd.DataFrame)) or id(value) not in self.numbers:
            return None
        return ["yours", self.numbers[id(value)]]

    def variable(self, value):
        """The node of a variable that belongs to a model of the check."""
        for number, model in self.objects.items():
            if isinstance(model, keras.Model):
                for i, weight in enumerate(model.weights):
                    if weight is value:
                        return ["variable", number, i]
        return None

    # --- what the grader hands over ---------------------------------------------------------------

    def data(self, value, number):
        """One object here for each array or table of the check."""
        if number in self.objects:
            standins.update(self.objects[number], value)
        else:
            self.add(value, number)
        self.contents[number] = fingerprint(self.objects[number])
        return self.objects[number]

    def resolve(self, unpacker, node):
        match node:
            case ["yours", number]:
                return self.kept.objects[number]
            case ["rng", number, state, seeds]:
                return self.rng(number, unpacker.unpack(state), unpacker.unpack(seeds))
            case ["model", number, new, state]:
                return self.model(number, new, state, unpacker)
            case ["operations", number, name, operations]:
                if number not in self.objects:
                    self.add(standins.of_operations(self.ask, number, name, operations), number)
                return self.objects[number]
            case ["optimizer", value]:
                return models.made(value, "keras.optimizers")
        raise Malformed(f"an unknown reference: {node}")

    def rng(self, number, state, seeds):
        if number not in self.objects:
            kind = getattr(np.random, state["bit_generator"])
            self.add(np.random.Generator(kind(np.random.SeedSequence(**seeds))), number)
        self.objects[number].bit_generator.state = state
        self.contents[number] = fingerprint(self.objects[number])
        return self.objects[number]

    def model(self, number, new, state, unpacker):
        if number not in self.objects:
            description, inside = new
            made = models.build(unpacker.unpack(description), unpacker.unpack)
            self.add(made, number)
            for i, inner in inside:
                self.add(models.layers_of(made)[i], inner)
        model = self.objects[number]
        models.set_state(model, unpacker.unpack(state))
        for number, value in self.objects.items():  # it may hold another, or be held by one
            if isinstance(value, keras.Model):
                self.optimizers[number] = models.optimizer_of(value)
                self.contents[number] = fingerprint(value)
        return model

    # --- what the answer made of it ---------------------------------------------------------------

    def changes(self, packer):
        """`["yours", number, node]` of all that is not what the grader takes it for."""
        for number, content in list(self.contents.items()):
            value = self.objects[number]
            now = fingerprint(value)
            if now != content:
                self.contents[number] = now
                yield ["yours", number, packer.untracked(self.change(value, number))]

    def change(self, value, number):
        if isinstance(value, np.random.Generator):
            return value.bit_generator.state
        if not isinstance(value, keras.Model):
            return value
        optimizer, before = models.optimizer_of(value), self.optimizers[number]
        self.optimizers[number] = optimizer
        anew = optimizer is not None and optimizer is not before
        compiled = models.compiled(value) if anew else None
        return {"state": models.state(value), "compiled": compiled, "rate": models.rate(value)}


def fingerprint(value):
    """What tells whether an object has changed."""
    if isinstance(value, np.random.Generator):
        return value.bit_generator.state
    if isinstance(value, keras.Model):
        optimizer = models.optimizer_of(value)
        return packing.digest([models.state(value), models.rate(value), id(optimizer)])
    return packing.digest(value)
