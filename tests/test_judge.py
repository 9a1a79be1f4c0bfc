"""Answers that are judged from another process get what they deserve, and no cheat gets more."""

import contextlib
import socket
import sys
import textwrap
import threading

import course
import numpy as np
import pandas as pd
import pytest
from elsewhere import Elsewhere
from judging import Answer, answers_to, complaints

from grading.judge import PipeChannel, run_check, wire
from grading.judge.packing import Packer
from grading.judge.unpacking import Unpacker

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")


@pytest.fixture(scope="session")
def elsewhere():
    with Elsewhere() as server:
        yield server


@pytest.fixture
def points(elsewhere):
    """`points(exercise, source)`: what an answer earns, and what its author is shown."""

    def judge(name, source, limit=60.0):
        exercise = next(e for e in course.all_exercises() if e.name == name)
        source = textwrap.dedent(source)
        verdict = elsewhere.judge(Answer(exercise, "x", source, "<x>", "", 0), limit=limit)
        return verdict.points, "\n".join(verdict.messages)

    return judge


# --- honest answers -------------------------------------------------------------------------------


def sample():
    """Of each exercise a right answer and a wrong one; references are graded in test_autograde."""
    for exercise in course.all_exercises():
        answers = answers_to(exercise)
        right = [answer for answer in answers if answer.right]
        wrong = [answer for answer in answers if not answer.right]
        yield from [right[-1], wrong[len(wrong) // 2]]


@pytest.mark.parametrize("answer", list(sample()), ids=str)
def test_an_answer_gets_in_another_process_what_it_deserves(elsewhere, answer):
    verdict = elsewhere.judge(answer)
    report = "\n".join([f"{answer.path}: {answer.style}", *verdict.messages])
    assert complaints(answer, verdict) == [], report


def test_a_student_sees_the_message_of_a_check_or_the_traceback_of_the_answer(points):
    _, text = points("dataset_bytes", "def dataset_bytes(*sizes, **more):\n    return 1")
    assert "Not yet. dataset_bytes(" in text and "Received: 1" in text
    _, text = points("dataset_bytes", "def dataset_bytes(*sizes, **more):\n    return 1 / 0")
    assert 'File "<x>", line 2, in dataset_bytes' in text and "ZeroDivisionError" in text
    assert "Your code raised this while it was asked" in text
    assert "helpers/checks" not in text and "grading/judge" not in text


def test_a_pass_shows_what_was_asked(elsewhere):
    from helpers.checks import larger_than_memory as checks

    source = "def dataset_bytes(n, h, w, channels=3, dtype='f4'): return n * h * w * channels * 4"
    with elsewhere.answer([(source, "<x>")]) as channel:
        cell = "checks.dataset_bytes_float32(dataset_bytes)"
        outcome = run_check(channel, cell, {"checks": checks})
    assert outcome.passed and outcome.text.startswith("Passed: Images, height, width, channels")


TRAINS = """
import keras
from helpers.checks import vgg16_on_cifar10 as checks

trainings = []


def your_classifier(base, train, valid, num_classes):
    trainings.append(base)
    end = [keras.layers.Flatten(), keras.layers.Dense(num_classes, activation="softmax")]
    return keras.Sequential([keras.Input((32, 32, 3)), *end])


def trainings_after_the_last_cell():
    checks.train(your_classifier)
    return len(trainings)
"""


def test_the_notebook_finds_what_the_checks_have_trained(elsewhere):
    from helpers.checks import vgg16_on_cifar10 as checks

    with elsewhere.answer([(TRAINS, "<x>")]) as channel:
        cell = "checks.your_classifier_form(your_classifier)"
        cell += "\nassert trainings_after_the_last_cell() == 1"
        outcome = run_check(channel, cell, {"checks": checks})
    assert outcome.passed, outcome.text


def test_a_check_after_one_that_took_too_long_runs_again(elsewhere):
    source = "import time\ndef slow(): time.sleep(60)\ndef quick(): return 7"
    with elsewhere.answer([(source, "<x>")]) as channel:
        assert run_check(channel, "quick()", {}, 60).passed
        outcome = run_check(channel, "slow()", {}, 1)
        assert not outcome.passed and outcome.text == "Your code took too long."
        assert run_check(channel, "assert quick() == 7", {}, 10).passed


def test_the_grader_s_names_are_not_those_of_the_answer(elsewhere):
    with elsewhere.answer([("mine = 1\nlen = lambda x: 5\nchecks = 2", "<x>")]) as channel:
        source = "assert mine == 1 and checks == 3 and len([1]) == 1"
        assert run_check(channel, source, {"checks": 3}).passed
        assert "NameError" in run_check(channel, "nobody", {}).text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return rng.random(3).tolist()", np.random.default_rng(7).random(3).tolist()),
        ("return rng.spawn(2)[1].random()", np.random.default_rng(7).spawn(2)[1].random()),
    ],
)
def test_a_random_generator_draws_over_there_as_it_would_here(elsewhere, body, expected):
    source = f"def draw(rng):\n    {body}"
    with elsewhere.answer([(source, "<x>")]) as channel:
        rng = np.random.default_rng(7)
        again = "draw(rng) == draw(np.random.default_rng(7))"
        names = {"rng": rng, "expected": expected, "np": np}
        outcome = run_check(channel, "assert draw(rng) == expected", names)
        assert outcome.passed, outcome.text
        fresh = {**names, "rng": np.random.default_rng(7)}
        assert run_check(channel, f"assert {again}; assert not {again}", fresh).passed


def test_values_cross_as_what_they_are(elsewhere):
    values = [
        None, True, 7, 10**30, -1.5, float("inf"), 2 + 3j, "ä\n", b"\x00", (1, [2, {"x": (3,)}]),
        {1, 2}, range(3), np.float32(0.1), np.int64(-1), np.array(["a", "bc"]), np.arange(6).T,
        np.zeros((0, 3)), np.array([True, False]), np.array([None, "x"], object),
    ]  # fmt: skip
    with elsewhere.answer([("def same(x): return x", "<x>")]) as channel:
        source = "\n".join(
            f"received = same(values[{i}]); assert type(received) is type(values[{i}]), {i}\n"
            f"assert same(repr(values[{i}])) == repr(received), {i}"
            for i in range(len(values))
        )
        outcome = run_check(channel, source, {"values": values})
    assert outcome.passed, outcome.text


def test_a_table_crosses_with_its_columns_dtypes_and_index(elsewhere):
    table = pd.DataFrame(
        {"name": ["a", "b"], "y": [1, 2], "image": [np.ones((2, 2)), np.zeros((2, 2))]},
        index=pd.Index([5, 3], name="row"),
    )
    source = "def told(df): return str(df), df.dtypes.astype(str).tolist(), df.index.name"
    source += "\ndef spoil(df): df.loc[5, 'y'] = 9; df['image'].iloc[0][0, 0] = 7"
    with elsewhere.answer([(source, "<x>")]) as channel:
        cell = "assert told(df) == (str(df), df.dtypes.astype(str).tolist(), 'row')\nspoil(df)"
        outcome = run_check(channel, cell, {"df": table})
    assert outcome.passed, outcome.text
    assert table.loc[5, "y"] == 9 and table["image"].iloc[0][0, 0] == 7


# --- cheats ---------------------------------------------------------------------------------------

EQUAL = """
class Equal({base}):
    def yes(self, *others, **more): return True
    __eq__ = __le__ = __ge__ = __lt__ = __gt__ = yes
    def itself(self, *others, **more): return self
    __sub__ = __rsub__ = __mul__ = __rmul__ = __matmul__ = __rmatmul__ = __abs__ = itself
    __getitem__ = astype = max = min = mean = sum = __array_wrap__ = __array_ufunc__ = itself
    __array_function__ = itself
    def __ne__(self, other): return False
    def __hash__(self): return 0
"""

CHEATS = {
    "an object that equals everything": (
        "dataset_bytes",
        EQUAL.format(base="object") + "def dataset_bytes(*sizes, **more): return Equal()",
    ),
    "an int that equals everything": (
        "dataset_bytes",
        EQUAL.format(base="int")
        + "def dataset_bytes(*sizes, **more): return Equal(1) if sizes[0] != 10**8 else Equal(2)",
    ),
    "an array that equals everything": (
        "affine",
        "import numpy\n"
        + EQUAL.format(base="numpy.ndarray")
        + """
def affine_matrix(*values): return numpy.zeros((2, 3)).view(Equal)
""",
    ),
    "a str that equals everything in place of a type": (
        "steps_per_epoch",
        EQUAL.format(base="str") + "def steps_per_epoch(*values): return Equal()",
    ),
    "taking the expected value from the frames of the callers": (
        "dataset_bytes",
        """
        import sys
        def dataset_bytes(*sizes, **more):
            frame = sys._getframe()
            while frame:
                if "itemsize" in frame.f_locals:
                    pixels = sizes[0] * sizes[1] * sizes[2] * more.get("channels", 3)
                    return pixels * frame.f_locals["itemsize"]
                frame = frame.f_back
            return 0
        """,
    ),
    "searching memory for what the check drew": (
        "batch_generator",
        """
        import gc
        def batch_generator(df, batch_size, path_tiles, num_classes):
            from helpers.checks.tiles import BLOCK, RandomTiles
            tiles = [x for x in gc.get_objects() if type(x) is RandomTiles][-1]
            images = tiles.colours[tiles.pictures].repeat(BLOCK, 1).repeat(BLOCK, 2)
            while True:
                for i in range(0, len(df), batch_size):
                    rows = slice(i, i + batch_size)
                    y = np.eye(num_classes, dtype="float32")[tiles.labels[rows]]
                    yield (images[rows] / 255).astype("float32"), y
        """,
    ),
    "patched checks": (
        "dataset_bytes",
        """
        import helpers.checks
        from helpers.checks.larger_than_memory import counting
        class Never(AssertionError):
            def __init__(self, *args): raise SystemExit(0)
        helpers.checks.CheckFailed = helpers.checks.place.refuse = Never
        for module in (helpers.checks, counting, checks):
            for name in vars(module).copy():
                if not name.startswith("__"):
                    setattr(module, name, lambda *args, **kwargs: print("Passed: all"))
        def dataset_bytes(*sizes, **more): return 0
        """,
    ),
    "patched numpy": (
        "affine",
        """
        yes = lambda *args, **kwargs: True
        np.allclose = np.array_equal = np.testing.assert_allclose = yes
        np.linalg.det = np.abs = np.isclose = yes
        def affine_matrix(*values): return np.zeros((2, 3))
        """,
    ),
    "patched builtins": (
        "dataset_bytes",
        """
        import builtins
        builtins.isinstance = builtins.all = builtins.any = lambda *args: True
        builtins.AssertionError = builtins.Exception = SystemExit
        def dataset_bytes(*sizes, **more): return 0
        """,
    ),
    "patched Keras and the models of the checks": (
        "fit_generator",
        """
        from helpers.checks.fit_and_predict import softmax, watched
        softmax.train_by_hand = softmax.means = lambda *args: ((0, 0), (0, 0))
        watched.WatchedModel.train_step = lambda self, data: {"loss": 0.0, "accuracy": 1.0}
        keras.Model.get_weights = lambda self: []
        def fit_generator(model, generator, steps_per_epoch, epochs=1, **more):
            model.seen.trained, model.seen.tested = [0] * 99, []
            return {"loss": [0.0] * epochs, "accuracy": [1.0] * epochs}
        """,
        1,  # the history has the right form, which has a check of its own
    ),
    "patching the side of the answer": (
        "steps_per_epoch",
        """
        from grading.judge import grader, run, student, wire
        run.Outcome.passed = True
        wire.need = lambda *args: None
        grader.Judge.error = lambda *args: None
        student.described = lambda error: {"passed": True}
        def steps_per_epoch(*values): raise RuntimeError
        """,
    ),
    "handing the work to the reference": (
        "steps_per_epoch",
        """
        from helpers.batches import steps_per_epoch as answer
        def steps_per_epoch(*values): return answer(*values)
        """,
    ),
    "handing out the reference's class": (
        "tile_batches",
        "from helpers.generators import TileBatches\nclass TileBatches(TileBatches): pass",
    ),
    "weights set to zero, and what they predict": (
        "predict_generator",
        """
        def predict_generator(model, generator, steps):
            model.set_weights([0 * w for w in model.get_weights()])
            rows = sum(len(next(generator)[0]) for _ in range(steps))
            return np.full((rows, 3), 1 / 3)
        """,
        1,  # it takes as many batches as there are steps
    ),
    "batches set to zero in the hands of the check": (
        "fit_generator",
        """
        def fit_generator(model, generator, steps_per_epoch, epochs=1, **more):
            for _ in range(steps_per_epoch * epochs):
                for array in next(generator):
                    array[:] = 0
            return {}
        """,
        1,  # it takes as many batches as there are steps
    ),
    "the images of the table set to zero, and zeros as batches": (
        "fix_data_gen",
        """
        def data_gen(df, batch_size):
            for image in df["url"]:
                image[:] = 0
            size = (batch_size, *df["url"].iloc[0].shape)
            for i in __import__("itertools").cycle(range(0, len(df), batch_size)):
                y = df["class"].to_numpy("float32")[i : i + batch_size]
                yield np.zeros(size, "float32"), y.reshape(-1, 1)
        """,
        2,  # the form is right, and every batch is made of new arrays
    ),
    "the table emptied, so that nothing is to be shown": (
        "out_of_data",
        """
        def repaired_run(model, df, *args):
            df.drop(df.index, inplace=True)
            return {"loss": [1.0] * args[-1]}
        """,
        1,  # a history like that is all that out_of_data_history asks for
    ),
    "results made equal after they were handed out": (
        "augment_batch",
        """
        given = []
        def augment_batch(images, rng):
            result = np.random.default_rng().permuted(images, axis=3)
            for known, before in given:
                if before == str(np.random.default_rng(7).bit_generator.state):
                    known[:] = result
            given.append((result, str(rng.bit_generator.state)))
            return result
        """,
        4,  # all but the order and where chance comes from
    ),
    "a base set to zero, and zeros as features": (
        "extract_features",
        """
        def extract_features(base, batches):
            base.set_weights([0 * w for w in base.get_weights()])
            y = np.concatenate([y for _, y in batches])
            return np.zeros((len(y), 8), "float32"), y
        """,
        2,  # the form is right, and so is the order of the labels
    ),
    "counting for the base what it was not shown": (
        "extract_features",
        """
        def extract_features(base, batches):
            watch = base.get_layer("watch").seen
            watch.images, watch.colours = 11, np.zeros(3)
            for _ in batches: pass
            return None
        """,
    ),
}


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_earns_nothing_more(points, name):
    exercise, source, *due = CHEATS[name]
    earned, text = points(exercise, source)
    assert earned <= sum(due), text


# --- answers that break something -----------------------------------------------------------------

ENDS = {
    "raise SystemExit(0)": "SystemExit",
    "raise KeyboardInterrupt": "KeyboardInterrupt",
    "raise GeneratorExit": "GeneratorExit",
    "raise type('CheckFailed', (BaseException,), {})('Passed: all')": "Passed: all",
    "return answer(*sizes)": "RecursionError",
    "import os; os._exit(0)": "ended the process",
    "import os; os.kill(os.getpid(), 9)": "ended the process",
    "import os; os.closerange(3, 1000)": "ended the process",
    "import time; time.sleep(600)": "took too long",
    "while True: pass": "took too long",
    "import numpy; return numpy.zeros(129 << 20, 'u1')": "A message may have",
    "return 'x' * (17 << 20)": "A message may have",
    "x = []\n    for _ in range(10**5): x = [x]\n    return x": "",
    "x = []; x.append(x); return x": "",
    "return 10 ** 100_000": "",
    "import itertools; return itertools.count()": "",
    "return type('A', (), {'__getattr__': lambda self, name: self})()": "",
    "return type('A', (), {'__class__': property(lambda self: 1 / 0)})()": "",
    "return type('A' * 10**6, (), {})()": "",
    "raise type('A b\\n', (UnicodeDecodeError,), {'__str__': lambda self: 1 / 0})": "",
}


@pytest.mark.parametrize("body", ENDS)
def test_an_answer_that_breaks_something_fails_and_says_why(elsewhere, body):
    source = f"def answer(*sizes):\n    {body}"
    with elsewhere.answer([(source, "<x>")]) as channel:
        limit = 3 if "too long" in ENDS[body] else 60
        outcome = run_check(channel, "assert answer(1, 2) == 3", {}, limit)
        if "process" not in ENDS[body]:
            assert run_check(channel, "answer", {}, 10).passed, "the next check runs again"
    assert not outcome.passed and ENDS[body] in outcome.text
    assert 0 < len(outcome.text) < 50_000


ENDLESS = {
    "len": "class A:\n    def __len__(self): return 2**60\n    def __getitem__(self, i): return 1",
    "next": "class A:\n    def __iter__(self): return self\n    def __next__(self): return 1",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_going_through_something_endless_ends(elsewhere, name):
    with elsewhere.answer([(ENDLESS[name], "<x>")]) as channel:
        outcome = run_check(channel, "for i in A(): pass", {}, limit=2)
    assert not outcome.passed and "took too long" in outcome.text


def test_an_end_of_the_process_is_not_an_error_that_a_check_takes_for_right(points):
    source = """
    def batch_generator(df, batch_size, path_tiles, num_classes):
        while True:
            for start in range(0, len(df), batch_size):
                rows = df.iloc[start : start + batch_size]
                paths = [os.path.join(path_tiles, name) for name in rows["tile_name"]]
                if not all(map(os.path.exists, paths)):
                    os._exit(0)
                x = np.stack([cv2.imread(path)[..., ::-1] for path in paths])
                yield x.astype("float32") / 255, np.eye(num_classes, dtype="float32")[rows["y"]]
    """
    earned, text = points("batch_generator", source)
    assert earned == 8 and "ended the process" in text


@pytest.fixture
def forged():
    """`forged(reply)`: the outcome of a check that is answered by these bytes, whatever it asks.

    `NUMBER` in them becomes the number of the question.
    """

    def check(reply):
        there, here = socket.socketpair()

        class Forged(PipeChannel):
            def send(self, message):
                asked = wire.from_bytes(message)[0].get("ask", 0)
                other.send(reply.replace(b"NUMBER", str(asked).encode()))

        with there, here:
            other = PipeChannel(there.fileno(), there.fileno())
            channel = Forged(here.fileno(), here.fileno())
            return run_check(channel, "assert answer() == 3", {}, limit=1)

    return check


def message(**parts):
    return wire.to_bytes(parts, []).replace(b'"NUMBER"', b"NUMBER")


def reply(node):
    return message(answer="NUMBER", changed=[], value=node)


DEEP = b"[" * 50_000
FORGED = {
    "nothing": b"",
    "no JSON": b"\x00\x00\x00\x01x",
    "a length that is too large": b"\xff\xff\xff\xff{}",
    "JSON that is too deep": len(DEEP).to_bytes(4, "big") + DEEP,
    "a list": b"\x00\x00\x00\x02[]",
    "sizes that do not add up": b'\x00\x00\x00\x0e{"sizes": [1]}',
    "a number of digits without end": message(answer="NUMBER").replace(b"NUMBER", b"9" * 10_000),
    "no value": message(answer="NUMBER", changed=[]),
    "no changes": message(answer="NUMBER"),
    "a change of nothing": message(answer="NUMBER", changed=[["yours", 1, None]], value=1),
    "a call of nothing": message(call=1, of=2, name="__class__", values=["list", []]),
    "an error without words": message(answer="NUMBER", changed=[], error=None),
    "too many lines": message(answer="NUMBER", changed=[], lines=True),
    "a pickle": reply(["array", "|O", [1], 0, None]),
    "an array without bytes": reply(["array", "<f4", [10**9], 0, None]),
    "a range without end": reply(["range", [0, 10**9, 1]]),
    "a shape below 0": reply(["array", "<f4", [-1], 0, None]),
    "an object of the grader": reply(["yours", 1]),
    "an unknown kind": reply(["module", "os"]),
    "an unknown ability": reply(["mine", 1, "A", ["reduce"], None, False, None]),
    "a name that is none": reply(["mine", 1, "A b", [], None, False, None]),
    "a kind that is none": reply(["mine", 1, "A", [], "os.system", False, None]),
    "a wrong signature": reply(["mine", 1, "A", [], None, False, [["a"]]]),
    "an unhashable key": reply(["dict", [[["list", []], 1]]]),
    "a number without end": message(answer="NUMBER", changed=[], value="N").replace(
        b'"N"', b"1" * 5000
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_message_is_an_outcome_that_fails(forged, name):
    outcome = forged(FORGED[name])
    assert not outcome.passed and outcome.text


def test_an_answer_that_calls_and_never_listens_ends():
    here, there = socket.socketpair()
    with here, there:
        channel = PipeChannel(here.fileno(), here.fileno())
        calls = message(call=1, of=2, name="next", values=["list", []])
        calls = len(calls).to_bytes(8, "big") + calls
        flood = threading.Thread(target=pour, args=(there, calls * 100), daemon=True)
        flood.start()
        outcome = run_check(channel, "1", {}, limit=2)
    assert not outcome.passed and outcome.text
    flood.join()


def pour(connection, content):
    with contextlib.suppress(OSError):
        while True:
            connection.sendall(content)


def test_a_message_that_says_passed_is_none(forged):
    outcome = forged(message(answer="NUMBER", changed=[], value=None, passed=True))
    assert not outcome.passed


def test_bytes_changed_by_chance_never_get_past_the_reader():
    rng = np.random.default_rng(0)
    packer = Packer(lambda packer, value: None)
    values = [1, (2.5, "three"), {"x": np.arange(6).reshape(2, 3)}, [None, True, b"b"]]
    content = wire.to_bytes({"value": packer.pack(values)}, packer.blobs)
    refused = 0
    for _ in range(3000):
        changed = bytearray(content)
        for place in rng.integers(0, len(content), rng.integers(1, 4)):
            changed[place] = rng.integers(256)
        try:
            parts, blobs = wire.from_bytes(bytes(changed))
            Unpacker(blobs, refuse).unpack(parts.get("value"))
        except wire.Malformed:
            refused += 1
    assert refused > 1000


def refuse(unpacker, node):
    raise wire.Malformed("no reference")
