"""The nodes of a message as values of known types. What is no data is left to who unpacks."""

from pathlib import Path

import numpy as np
import pandas as pd

from grading.judge.wire import DEEPEST, PLAIN, Malformed, is_count, need
from helpers.checks.tiles import Folder

MOST_NUMBERS = 10_000_000  # of a range, which an array may be made of


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
        numbers = range(*limits)
        need(all(abs(n) <= MOST_NUMBERS for n in limits), "a range without end")
        return numbers

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
