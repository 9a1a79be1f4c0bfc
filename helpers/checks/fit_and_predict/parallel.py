"""What a tf.data pipeline does in parallel, read from its graph and from OpenCV's callers."""

import contextlib
import functools
import itertools
import threading
import time
from unittest import mock

import cv2
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
    graph = tf.compat.v1.GraphDef.FromString(dataset._as_serialized_graph().numpy())
    functions = {function.signature.name: function.node_def for function in graph.library.function}
    nodes = itertools.chain(graph.node, *functions.values())
    return [n for n in nodes if n.op.startswith(("Parallel", "MapAndBatch"))], functions


threads, patches = set(), []  # of the process in which the answer runs


@contextlib.contextmanager
def threads_of_opencv():
    """Gives a function that counts the threads that decode by OpenCV: a generator may have a pool
    of its own.
    """
    beside(watch_opencv)
    try:
        yield functools.partial(beside, num_threads)
    finally:
        beside(leave_opencv)


def watch_opencv():
    threads.clear()
    for name in ("imread", "imdecode"):
        decode = getattr(cv2, name)

        def counted(*args, decode=decode, **kwargs):
            threads.add(threading.get_ident())
            time.sleep(0.01)  # still busy when the next image is due: another thread takes it
            return decode(*args, **kwargs)

        patches.append(mock.patch.object(cv2, name, counted))
        patches[-1].start()


def leave_opencv():
    while patches:
        patches.pop().stop()


def num_threads():
    return len(threads)
