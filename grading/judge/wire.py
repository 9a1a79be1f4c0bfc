"""Values as messages and back: JSON, and the bytes of arrays beside it. Nothing is unpickled.

A message is the length of the JSON, the JSON, and the bytes of the arrays one after the other. In
the JSON, None, bool, int, float and str stand for themselves; everything else is a list that begins
with its kind, such as `["tuple", [1, 2]]`. What is no data is left to the two functions `refer` and
`resolve` of the side that packs or unpacks.
"""

import hashlib
import json
import re
import struct
from pathlib import Path, PurePath

import numpy as np
import pandas as pd

from helpers.checks.tiles import Folder

LENGTH = struct.Struct(">I")
MOST_JSON = 16 << 20  # bytes; as Python objects they take about 20 times as much
DEEPEST = 40
PLAIN = re.compile(r"[<>|]?([biufc]\d{1,2}|[SU]\d{1,6})")


class Malformed(Exception):
    """A message that does not say what a message may say."""


def need(condition, what):
    if not condition:
        raise Malformed(what)


# --- packing --------------------------------------------------------------------------------------


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

    def pack_all(self, values, depth):
        return [self.pack(value, depth) for value in values]

    def array(self, value, depth):
        number = self.number(value)
        plain = np.asarray(value.view(np.ndarray) if type(value) is not np.ndarray else value)
        if plain.dtype == object:
            members = self.pack_all(plain.ravel().tolist(), depth)
            return ["objects", list(plain.shape), members]
        if not PLAIN.fullmatch(plain.dtype.str):
            return self.refer(self, value)
        content = np.ascontiguousarray(plain).tobytes()
        return ["array", plain.dtype.str, list(plain.shape), self.blob(content), number]

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


def to_bytes(message, blobs):
    """The bytes of a message of nodes."""
    text = json.dumps({**message, "sizes": [len(blob) for blob in blobs]}).encode()
    return b"".join([LENGTH.pack(len(text)), text, *blobs])


# --- unpacking ------------------------------------------------------------------------------------


def from_bytes(content):
    """`(message, blobs)` of the bytes of a message, whose nodes are still to be unpacked.

    Raises:
        Malformed: for anything else.
    """
    need(len(content) >= LENGTH.size, "no length")
    (size,) = LENGTH.unpack_from(content)
    need(size <= MOST_JSON and LENGTH.size + size <= len(content), "a wrong length")
    start = LENGTH.size + size
    try:
        message = json.loads(content[LENGTH.size : start].decode())
    except (ValueError, RecursionError) as error:
        raise Malformed("no JSON") from error
    need(isinstance(message, dict), "no message")
    sizes, blobs = message.get("sizes"), []
    need(isinstance(sizes, list) and len(sizes) <= 1_000_000, "no sizes")
    for size in sizes:
        need(is_count(size), "a wrong size")
        blobs.append(content[start : start + size])
        start += size
    need(start == len(content), "sizes that do not add up")
    return message, blobs


def is_count(value):
    return type(value) is int and 0 <= value < 1 << 48


class Unpacker:
    """Turns the nodes of one message into values of known types.

    Args:
        blobs: list of bytes.
        resolve: function from the unpacker and a node of another kind to what it refers to.
        known: function from a new array or table and its number to the one to use.
    """

    def __init__(self, blobs, resolve, known=lambda value, number: value):
        self.blobs, self.resolve, self.known = blobs, resolve, known

    def unpack(self, node, depth=0):
        """The value of a node.

        Raises:
            Malformed: where it is none.
        """
        if node is None or type(node) in (bool, int, float, str):
            return node
        need(depth <= DEEPEST + 10, "nodes too deep")
        need(type(node) is list and node and type(node[0]) is str, "no node")
        kind, *rest = node
        if kind not in UNPACKS:
            return self.resolve(self, node)
        unpack, count = UNPACKS[kind]
        need(len(rest) == count, f"a wrong {kind}")
        try:
            return unpack(self, *rest, depth + 1)
        except (TypeError, ValueError, KeyError, IndexError, OverflowError) as error:
            raise Malformed(f"a wrong {kind}") from error

    def unpack_all(self, nodes, depth):
        need(type(nodes) is list, "no list")
        return [self.unpack(node, depth) for node in nodes]

    def blob(self, number):
        need(is_count(number) and number < len(self.blobs), "no bytes")
        return self.blobs[number]

    def array(self, dtype, shape, blob, number, depth):
        need(type(dtype) is str and PLAIN.fullmatch(dtype), "a wrong dtype")
        dtype, content = np.dtype(dtype), self.blob(blob)
        if dtype.kind == "b":  # other bytes than 0 and 1 would be neither true nor false
            content = (np.frombuffer(content, np.uint8) != 0).tobytes()
        array = np.frombuffer(content, dtype) if dtype.itemsize else np.zeros(0, dtype)
        array = array.reshape(self.shape(shape)).copy()
        return array if number is None else self.known(array, number)

    def shape(self, shape):
        need(type(shape) is list and len(shape) <= 32, "a wrong shape")
        need(all(map(is_count, shape)), "a wrong shape")
        return tuple(shape)

    def objects(self, shape, nodes, depth):
        return as_objects(self.unpack_all(nodes, depth)).reshape(self.shape(shape))

    def scalar(self, dtype, blob, depth):
        return self.array(dtype, [], blob, None, depth)[()]

    def tensor(self, node, depth):
        import tensorflow as tf

        array = self.unpack(node, depth)
        need(isinstance(array, (np.ndarray, np.generic)), "a wrong tensor")
        if array.dtype == object:
            need(all(type(member) is bytes for member in array.ravel()), "a wrong tensor")
        return tf.constant(array)

    def mapping(self, pairs, depth):
        pairs = self.unpack_all([["tuple", pair] for pair in pairs], depth)
        return dict(pairs)

    def range(self, limits, depth):
        need(len(limits) == 3 and all(type(n) is int for n in limits), "a wrong range")
        return range(*limits)

    def slice(self, limits, depth):
        need(len(limits) == 3, "a wrong slice")
        return slice(*self.unpack_all(limits, depth))

    def column(self, node, depth):
        name, dtype, content = node
        values = self.unpack(content, depth)
        need(type(dtype) is str and isinstance(values, (list, np.ndarray)), "a wrong column")
        known = dtype if dtype in ("str", "string", "category") else None
        if isinstance(values, list) and known is None:
            values = as_objects(values)
        return pd.Series(values, dtype=known, name=self.unpack(name, depth))

    def table(self, columns, index, number, depth):
        series = [self.column(column, depth) for column in columns]
        index = self.unpack(index, depth)
        need(isinstance(index, pd.Index), "a wrong index")
        need(all(len(column) == len(index) for column in series), "columns of other lengths")
        table = pd.DataFrame(dict(enumerate(series)), index=pd.RangeIndex(len(index)))
        table.columns = pd.Index([column.name for column in series])
        table.index = index
        return table if number is None else self.known(table, number)

    def series(self, column, index, depth):
        series = self.column(column, depth)
        series.index = self.unpack(index, depth)
        return series

    def index(self, column, name, depth):
        return pd.Index(self.column(column, depth), name=self.unpack(name, depth))

    def steps(self, limits, name, depth):
        return pd.RangeIndex(self.range(limits, depth), name=self.unpack(name, depth))


def as_objects(values):
    array = np.empty(len(values), object)
    for i, value in enumerate(values):
        array[i] = value
    return array


def _from_text(kind):
    def unpack(unpacker, text, depth):
        need(type(text) is str, "no text")
        return kind(text)

    return unpack


UNPACKS = {
    "array": (Unpacker.array, 4),
    "objects": (Unpacker.objects, 2),
    "scalar": (Unpacker.scalar, 2),
    "tensor": (Unpacker.tensor, 1),
    "tuple": (lambda unpacker, nodes, depth: tuple(unpacker.unpack_all(nodes, depth)), 1),
    "list": (lambda unpacker, nodes, depth: unpacker.unpack_all(nodes, depth), 1),
    "set": (lambda unpacker, nodes, depth: set(unpacker.unpack_all(nodes, depth)), 1),
    "dict": (Unpacker.mapping, 1),
    "bytes": (lambda unpacker, number, depth: unpacker.blob(number), 1),
    "complex": (lambda unpacker, parts, depth: complex(*map(float, parts)), 1),
    "range": (Unpacker.range, 1),
    "slice": (Unpacker.slice, 1),
    "path": (_from_text(Path), 1),
    "folder": (_from_text(Folder), 1),
    "table": (Unpacker.table, 3),
    "series": (Unpacker.series, 2),
    "index": (Unpacker.index, 2),
    "steps": (Unpacker.steps, 2),
}
