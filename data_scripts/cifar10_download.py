"""Fetches CIFAR-10 through `keras.datasets.cifar10`, without ever hanging on a dead network."""

import os
import socket
import threading
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np

CLASS_NAMES = ["airplane", "automobile", "bird", "cat", "deer"]
CLASS_NAMES += ["dog", "frog", "horse", "ship", "truck"]
EXPECTED = {"train": 50_000, "test": 10_000}
ORIGIN = "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz"


@contextmanager
def keras_images():
    """Opens `keras.datasets.cifar10` as `archives.opened` opens a folder; fetches it if needed.

    Raises:
        ConnectionError: if it is not in the cache of Keras and its server does not answer.
    """
    home = os.environ.get("KERAS_HOME") or Path.home() / ".keras"
    if not any(Path(home, "datasets").glob("cifar-10-batches-py*")):
        check_reachable()
    import keras  # here, because it takes seconds and the other sources do not need it

    # Keras sets no time limit of its own: a connection that stalls would hang for ever.
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(60)
    try:
        splits = keras.datasets.cifar10.load_data()
    except Exception as error:
        raise ConnectionError(
            f"keras.datasets.cifar10 could not fetch {ORIGIN}: {error}"
        ) from error
    finally:
        socket.setdefaulttimeout(before)
    images = {}
    for split, (x, y) in zip(EXPECTED, splits, strict=True):
        y = np.ravel(y)
        for label, kind in enumerate(CLASS_NAMES):
            for i, image in enumerate(x[y == label]):
                images[f"{split}/{kind}/{i:04d}.png"] = image

    def read(name):
        # cv2 stores channels in the order blue, green, red.
        return cv2.imencode(".png", images[name][..., ::-1])[1].tobytes()

    yield dict.fromkeys(images), read


def check_reachable(seconds=5):
    """Raises a ConnectionError unless the server of CIFAR-10 answers in time."""
    answer = []

    def ask():
        try:
            request = urllib.request.Request(ORIGIN, method="HEAD")
            urllib.request.urlopen(request, timeout=seconds).close()
            answer.append("")
        except Exception as error:  # whatever it is, the download would meet it too
            answer.append(str(error))

    # The look-up of a name obeys no time limit, so it is left behind in a thread of its own.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    reason = answer[0] if answer else f"no answer in {seconds} seconds"
    if reason:
        raise ConnectionError(f"{ORIGIN} cannot be reached ({reason})")
