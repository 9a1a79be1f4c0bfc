"""The objects of a check that were handed to the answer."""

import itertools
import weakref

import keras
import numpy as np
import pandas as pd

from grading.judge import models
from grading.judge.received import update
from grading.judge.wire import Malformed, is_count, need

numbers = itertools.count(1)  # of all checks: nothing that comes late is taken for something else


class Handed:
    """Objects of a check by number, and what the answer may do with them.

    Data goes as data, and what the answer makes of it comes back. A model goes as its config and
    state, and its state comes back. Of any other object the answer may call the methods only.

    Attributes:
        objects: dict from number to a function that gives the object. Arrays and tables are
            forgotten with the check's last reference to them.
        forgotten: list of the numbers of these, to tell the other side.
        raised: list of what these methods have raised.
    """

    def __init__(self):
        self.objects, self.numbers, self.forgotten = {}, {}, []
        self.operations, self.models, self.raised = {}, set(), []

    def number(self, value):
        """The number of an object of the check; it is forgotten with the object."""
        key = id(value)
        if key not in self.numbers:
            number = self.numbers[key] = next(numbers)
            if isinstance(value, (np.ndarray, pd.DataFrame)):
                self.objects[number] = weakref.ref(value)
                weakref.finalize(value, self.forget, key, number).atexit = False
            else:
                self.objects[number] = lambda: value
        return self.numbers[key]

    def forget(self, key, number):
        del self.numbers[key], self.objects[number]
        self.forgotten.append(number)

    def object(self, number):
        value = self.objects[number]()
        need(value is not None, "a number of the past")
        return value

    def refer(self, packer, value):
        if hasattr(value, "_number"):
            return ["yours", value._number]
        if isinstance(value, keras.optimizers.Optimizer):
            return ["optimizer", models.named(value, "keras.optimizers")]
        number = self.number(value)
        if isinstance(value, np.random.Generator):
            return ["rng", number, packer.pack(value.bit_generator.state), seeds(packer, value)]
        if isinstance(value, keras.Model):
            return self.model(packer, value, number)
        self.operations[number] = operations_of(value)
        return ["operations", number, type(value).__name__, list(self.operations[number])]

    def model(self, packer, value, number):
        """The node of a model: what it is made of the first time, then its state."""
        new = None
        if number not in self.models:
            self.models.add(number)
            inside = []
            for i, layer in enumerate(models.layers_of(value)[1:], start=1):
                if isinstance(layer, keras.Model):
                    self.models.add(self.number(layer))
                    inside.append([i, self.number(layer)])
            new = [packer.pack(models.description(value, packer.pack)), inside]
        return ["model", number, new, packer.untracked(models.state(value))]

    # --- what the answer does with them -----------------------------------------------------------

    def call(self, message, unpacker, packer):
        """Does what the answer asks of an object of the check; returns the reply."""
        of, name, reply = message.get("of"), message.get("name"), {"answer": message["call"]}
        need(is_count(of) and type(name) is str, "a wrong call")
        if of not in self.operations:  # a thread that has missed the end of its check
            return {**reply, "raise": ["RuntimeError", "The check is over.", None]}
        need(name in self.operations[of], "a call of what is not offered")
        values = unpacker.unpack(message.get("values"))
        need(type(values) is list, "no values")
        try:
            return {**reply, "value": packer.pack(self.operations[of][name](*values))}
        except StopIteration:
            return {**reply, "end": True}
        except Exception as error:
            self.raised.append(error)
            return {**reply, "raise": [type(error).__name__, str(error), len(self.raised) - 1]}

    def change(self, number, value):
        """Makes an object of the check what the answer has made of it."""
        if number not in self.objects:
            return
        here = self.object(number)
        try:
            if isinstance(here, np.ndarray):
                update(here, value)
            elif isinstance(here, pd.DataFrame):
                table = isinstance(value, pd.DataFrame)
                pd.DataFrame.__init__(here, value if table else {"no": ["table"]})
            elif isinstance(here, np.random.Generator):
                need(value["bit_generator"] == here.bit_generator.state["bit_generator"], "no rng")
                here.bit_generator.state = value
            elif isinstance(here, keras.Model):
                models.set_state(here, value["state"])
                if value["compiled"] is not None:
                    models.compile_as(here, value["compiled"])
                if value["rate"] is not None and here.compiled:
                    here.optimizer.learning_rate = float(value["rate"])
        except (TypeError, ValueError, KeyError, OverflowError) as error:
            raise Malformed(f"a wrong change of a {type(here).__name__}") from error


def seeds(packer, rng):
    """The node of what a random generator was seeded with: `spawn` makes others of it."""
    sequence = rng.bit_generator.seed_seq
    return packer.pack(
        {
            "entropy": sequence.entropy,
            "spawn_key": sequence.spawn_key,
            "n_children_spawned": sequence.n_children_spawned,
        }
    )


def operations_of(value):
    """What an answer may do with an object of a check, function by name."""
    if hasattr(value, "__next__"):
        return {"__next__": value.__next__}
    if type(value).__module__.startswith("helpers.checks."):
        special = ("__len__", "__getitem__", "__iter__")
        names = [n for n in dir(type(value)) if not n.startswith("_") or n in special]
        return {name: getattr(value, name) for name in names if callable(getattr(value, name))}
    raise TypeError(f"A check cannot hand a {type(value).__name__} to an answer elsewhere.")
