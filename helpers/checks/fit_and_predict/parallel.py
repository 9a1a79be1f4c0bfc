"""What a tf.data pipeline does in parallel, read from its graph and from who calls decoders."""

import contextlib
import functools
import itertools
import threading
import time
from unittest import mock

import cv2
import PIL.ImageFile
import tensorflow as tf

from helpers.checks import beside


def decodes_in_parallel(dataset):
    """Whether a parallel step of a dataset calls a function that decodes or runs Python."""
    parallel, functions = parallel_steps(dataset)

    def operations(nodes):
        for node in nodes:
            yield node.op
            for value in node.attr.values():  # each function once, however often it is called
                yield from operations(functions.pop(value.func.name, []))

    return any(
        operation.startswith("Decode") or operation in ("PyFunc", "EagerPyFunc", "PyFuncStateless")
        for operation in operations(parallel)
    )


def parallel_steps(dataset):
    """The nodes of a dataset's graph that run in parallel; and its functions, nodes by name."""
    graph, functions = graph_of(dataset)
    parallel = []
    for nodes in (graph, *functions.values()):
        known = {node.name: node for node in nodes}
        parallel += [node for node in nodes if runs_in_parallel(node, known)]
    return parallel, functions


def graph_of(dataset):
    """The nodes of a dataset's graph, and those of its functions by name."""
    graph = tf.compat.v1.GraphDef.FromString(dataset._as_serialized_graph().numpy())
    return graph.node, {
        function.signature.name: function.node_def for function in graph.library.function
    }


def runs_in_parallel(node, known):
    """Whether a step makes several calls at once; `known` are the nodes beside it, by name."""
    if not node.op.startswith(("Parallel", "MapAndBatch")):
        return False
    # num_parallel_calls comes last, but for drop_remainder.
    inputs = [name for name in node.input if not name.startswith("^")]
    calls = known.get(inputs[-2 if "Batch" in node.op else -1].partition(":")[0])
    if calls is None or calls.op != "Const":
        return True  # who knows
    return tf.make_ndarray(calls.attr["value"].tensor).item() != 1


def decodes_in_graph(dataset):
    """Whether a dataset decodes in its graph, in parallel or not."""
    nodes, functions = graph_of(dataset)
    return any(n.op.startswith("Decode") for n in itertools.chain(nodes, *functions.values()))


# Those that people use, where they are looked up; Pillow decodes when an image is loaded.
DECODERS = [
    (cv2, "imread"),
    (cv2, "imdecode"),
    (PIL.ImageFile.ImageFile, "load"),
    *((module, name) for module in (tf.io, tf.image) for name in ("decode_jpeg", "decode_image")),
]

# Of the process in which the answer runs.
lock, decoding, patches = threading.Lock(), set(), []
most = 0  # threads that were decoding at the same time


@contextlib.contextmanager
def watching_decoders():
    """Gives a function that tells how many threads decoded at the same time at most: a generator
    may have a pool of its own. It tells 0 where a decoder was used that is not known here.
    """
    beside(watch_decoders)
    try:
        yield functools.partial(beside, most_at_once)
    finally:
        beside(leave_decoders)


def watch_decoders():
    global most
    most = 0
    for owner, name in DECODERS:
        patches.append(mock.patch.object(owner, name, counted(getattr(owner, name))))
    for patch in patches:
        patch.start()


def counted(decode):
    @tf.autograph.experimental.do_not_convert  # a graph may call it, too
    def counting(*args, **kwargs):
        global most
        with lock:
            decoding.add(threading.get_ident())
            most = max(most, len(decoding))
        try:
            time.sleep(0.01)  # still busy when the next image is due: another thread takes it
            return decode(*args, **kwargs)
        finally:
            with lock:
                decoding.discard(threading.get_ident())

    return counting


def leave_decoders():
    while patches:
        patches.pop().stop()


def most_at_once():
    return most
