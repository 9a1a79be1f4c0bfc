"""What a tf.data pipeline does in parallel, read from its graph and from OpenCV's callers."""

import itertools
import threading
import time
from unittest import mock

import cv2
import tensorflow as tf


def decodes_in_parallel(dataset):
    """Whether a parallel step of a dataset calls a function that decodes or runs Python."""
    parallel, functions = parallel_steps(dataset)

    def operations(nodes):
        for node in nodes:
            yield node.op
            for value in node.attr.values():
                yield from operations(functions.get(value.func.name, []))

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


class threads_of_opencv:
    """Collects the threads that decode by OpenCV: a generator may have a pool of its own."""

    def __enter__(self):
        threads, self.patches = set(), []
        for name in ("imread", "imdecode"):
            decode = getattr(cv2, name)

            def counted(*args, decode=decode, **kwargs):
                threads.add(threading.get_ident())
                time.sleep(0.01)  # still busy when the next image is due: another thread takes it
                return decode(*args, **kwargs)

            self.patches.append(mock.patch.object(cv2, name, counted))
            self.patches[-1].start()
        return threads

    def __exit__(self, *_):
        for patch in self.patches:
            patch.stop()
