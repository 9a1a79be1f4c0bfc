"""Messages of nodes and bytes, and back.

A message is the length of its JSON, the JSON, and the bytes of arrays one after the other. In the
JSON, None, bool, int, float and str stand for themselves; every other value is a node, a list that
begins with its kind, such as `["tuple", [1, 2]]`. Nothing is pickled.
"""

import json
import re
import struct

LENGTH = struct.Struct(">I")
MOST_JSON = 16 << 20  # bytes; as Python objects they take about 20 times as much
DEEPEST = 40  # of nodes in nodes
PLAIN = re.compile(r"[<>|]?([biufc]\d{1,2}|[SU]\d{1,6})")  # the dtypes that cross


class Malformed(Exception):
    """A message that does not say what a message may say."""


def need(condition, what):
    if not condition:
        raise Malformed(what)


def to_bytes(message, blobs):
    """The bytes of a message of nodes."""
    text = json.dumps({**message, "sizes": [len(blob) for blob in blobs]}).encode()
    if len(text) > MOST_JSON:
        raise ValueError(f"A message may have {MOST_JSON:,} bytes of JSON. Received: {len(text):,}")
    return b"".join([LENGTH.pack(len(text)), text, *blobs])


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
