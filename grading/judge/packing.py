"""Values as the nodes of a message. What is no data is left to who packs."""

import hashlib
import json
from pathlib import PurePath

import numpy as np
import pandas as pd

from grading.judge.wire import DEEPEST, PLAIN
from helpers.checks.tiles import Folder


class Packer:
    """Turns values into the JSON of one message, and collects the bytes.

    Args:
        refer: function from the packer and what is no data to a node for it.
        number: function from an array or a table to a number by which both sides know it, or None.
        same: function from a value to a node, where it is one of the other side, or None.
    """

    def __init__(self, refer, number=lambda value: None, same=lambda value: None):
        self.refer, self.number, self.same, self.blobs = refer, number, same, []

    def pack(self, value, depth=0):
        kind = type(value)
        if value is None or kind in (bool, float, str):
            return value
        if kind is int:
            return value if value.bit_length() < 4096 else self.refer(self, value)
        if depth > DEEPEST:
            return self.refer(self, value)
        known = self.same(value)
        if known is not None:
            return known
        for base, pack in PACKS.items():
            if issubclass(kind, base):
                return pack(self, value, depth + 1)
        if kind.__module__.partition(".")[0] == "tensorflow":
            return self.tensor(value)
        return self.refer(self, value)

    def blob(self, content):
        self.blobs.append(bytes(content))
        return len(self.blobs) - 1

    def pack_all(self, values, depth=0):
        return [self.pack(value, depth) for value in values]

    def array(self, value, depth):
        plain = np.asarray(value.view(np.ndarray) if type(value) is not np.ndarray else value)
        if plain.dtype == object:
            members = self.pack_all(plain.ravel().tolist(), depth)
            return ["objects", list(plain.shape), members]
        if not PLAIN.fullmatch(plain.dtype.str):
            return self.refer(self, value)
        content = np.ascontiguousarray(plain).tobytes()
        blob, number = self.blob(content), self.number(value)
        return ["array", plain.dtype.str, list(plain.shape), blob, number]

    def scalar(self, value, depth):
        if not PLAIN.fullmatch(value.dtype.str):
            return self.refer(self, value)
        return ["scalar", value.dtype.str, self.blob(value.tobytes())]

    def tensor(self, value):
        import tensorflow as tf

        if not isinstance(value, (tf.Tensor, tf.Variable)) or not hasattr(value, "numpy"):
            return self.refer(self, value)
        content = np.asarray(value.numpy())
        if content.dtype != object and not PLAIN.fullmatch(content.dtype.str):
            return self.refer(self, value)
        return ["tensor", self.untracked(content)]

    def untracked(self, value, depth=0):
        """The node of a value whose arrays have no number."""
        packer = Packer(self.refer)
        packer.blobs = self.blobs
        return packer.pack(value, depth)

    def mapping(self, value, depth):
        pairs = dict.items(value)
        return ["dict", [self.pack_all(pair, depth) for pair in pairs]]

    def table(self, value, depth):
        columns = [self.column(value.iloc[:, i], depth) for i in range(value.shape[1])]
        return ["table", columns, self.index(value.index, depth), self.number(value)]

    def column(self, value, depth):
        if isinstance(value.dtype, np.dtype) and PLAIN.fullmatch(value.dtype.str):
            content = self.untracked(value.to_numpy(), depth)
        else:
            content = ["list", self.pack_all(list(value), depth)]
        return [self.pack(value.name, depth), str(value.dtype), content]

    def series(self, value, depth):
        return ["series", self.column(value, depth), self.index(value.index, depth)]

    def index(self, value, depth):
        if isinstance(value, pd.RangeIndex):
            limits = [value.start, value.stop, value.step]
            return ["steps", limits, self.pack(value.name, depth)]
        return ["index", self.column(value.to_series(), depth), self.pack(value.name, depth)]


def _items(name, base):
    # Of a subclass, what the base class itself says: its own methods may say anything.
    return lambda packer, value, depth: [name, packer.pack_all(base.__iter__(value), depth)]


PACKS = {
    np.ndarray: Packer.array,
    np.generic: Packer.scalar,
    bool: lambda packer, value, depth: bool(value),
    int: lambda packer, value, depth: packer.pack(int.__index__(value), depth),
    float: lambda packer, value, depth: float.__float__(value),
    Folder: lambda packer, value, depth: ["folder", str.__str__(value)],
    str: lambda packer, value, depth: str.__str__(value),
    complex: lambda packer, value, depth: ["complex", [value.real, value.imag]],
    (bytes, bytearray): lambda packer, value, depth: ["bytes", packer.blob(value)],
    tuple: _items("tuple", tuple),
    list: _items("list", list),
    frozenset: _items("set", frozenset),
    set: _items("set", set),
    dict: Packer.mapping,
    range: lambda packer, value, depth: ["range", [value.start, value.stop, value.step]],
    slice: lambda packer, value, depth: [
        "slice", packer.pack_all([value.start, value.stop, value.step], depth)
    ],
    PurePath: lambda packer, value, depth: ["path", str(value)],
    pd.DataFrame: Packer.table,
    pd.Series: Packer.series,
    pd.Index: Packer.index,
}  # fmt: skip


def digest(value):
    """A hash of the content of a value."""
    packer = Packer(lambda packer, value: ["other", type(value).__name__])
    found = hashlib.blake2b(json.dumps(packer.pack(value)).encode(), digest_size=16)
    for blob in packer.blobs:
        found.update(blob)
    return found.digest()
