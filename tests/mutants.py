"""Changes the reference solutions a little, and prints which changes no check notices.

    python tests/mutants.py                # every exercise but those in `BY_RESULT`
    python tests/mutants.py affine freeze  # exercises with these words in their name

A mutant has one small change inside the solution: a constant off by one, another operator, a
negated condition, arguments swapped, a statement, a call or a keyword dropped. It is killed as soon
as a check fails, visible or hidden. A mutant that does not end is ended, and counts as killed.

Survivors that are known stand in `mutants_listed.toml` with the reason: `equivalent` (it does what
was asked for as well) or `left` (a gap that is not worth a check). An exercise in `BY_RESULT` is
judged by the accuracy of what it trains and by nothing else: a mutant that reaches it is another
right answer. It is tried where it is named: a run tells what the steps of accuracy notice.

These mutations are our own because tools do not reach the cells: mutmut and cosmic-ray change
modules on disk and start the tests anew for each mutant, which imports TensorFlow every time; and
of what goes wrong here, cosmic-ray drops no statement, call or keyword, and swaps no arguments.
"""

import argparse
import ast
import contextlib
import copy
import difflib
import io
import multiprocessing
import os
import re
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import course
from judging import Answer, clear, judge

LISTED = Path(__file__).with_name("mutants_listed.toml")
MOST_SURVIVORS = 0.05  # share of the mutants that are not equivalent
BY_RESULT = {"your_classifier"}
SECONDS = 60  # the slowest answer needs some 10 on a busy machine

BINARY = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div, ast.Add],
    ast.Div: [ast.Mult, ast.FloorDiv],
    ast.FloorDiv: [ast.Div],
    ast.MatMult: [ast.Mult],
    ast.Mod: [ast.FloorDiv],
    ast.Pow: [ast.Mult],
}
COMPARED = {
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
}
WORDS = {  # other words are misspelt, which few programs survive
    "float32": "float64",
    "uint8": "float32",
    "nearest": "constant",
    "horizontal": "vertical",
    "softmax": "sigmoid",
    "categorical_crossentropy": "binary_crossentropy",
    "_": "",
}
DROPPED = (ast.Expr, ast.Assign, ast.AugAssign, ast.Return, ast.Raise, ast.For, ast.If)


# --- mutations ------------------------------------------------------------------------------------


def alternatives(node):
    """Yields what could stand in place of a node of a syntax tree."""
    if isinstance(node, DROPPED):
        yield ast.Pass()
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Constant(value=float(value)):
            yield ast.Constant(round(1.5 * value, 6))
        case ast.Constant(value=str(value)):
            yield ast.Constant(WORDS.get(value, "XX" + value))
        case ast.BinOp(left, op, right):
            yield from (ast.BinOp(left, new(), right) for new in BINARY.get(type(op), ()))
        case ast.Compare(left, ops, others):
            for i, op in enumerate(ops):
                for new in COMPARED[type(op)]:
                    yield ast.Compare(left, [*ops[:i], new(), *ops[i + 1 :]], others)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield operand
        case ast.If(test, body, orelse) | ast.While(test, body, orelse):
            yield type(node)(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(test, orelse, body)
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case ast.Slice(lower, upper, step):
            yield from (ast.Slice(None, upper, step), ast.Slice(lower, None, step))
            yield ast.Slice(lower, upper, None)
        case ast.Tuple(elts, context) | ast.List(elts, context):
            yield from (type(node)(swapped, context) for swapped in swaps(elts))
        case ast.Call(func, args, keywords):
            if args:
                yield args[0]
            if isinstance(func, ast.Attribute):
                yield func.value
            yield from (ast.Call(func, swapped, keywords) for swapped in swaps(args))
            for i in range(len(keywords)):
                yield ast.Call(func, args, keywords[:i] + keywords[i + 1 :])


def swaps(items):
    """Yields the list with two neighbours swapped, for each pair of them."""
    for i in range(len(items) - 1):
        yield [*items[:i], items[i + 1], items[i], *items[i + 2 :]]


class Replace(ast.NodeTransformer):
    def __init__(self, node, new):
        self.node, self.new = node, new

    def visit(self, node):
        return self.new if node is self.node else self.generic_visit(node)


@dataclass
class Mutant:
    change: str  # the lines that differ
    source: str


def mutants(source):
    """The mutants of an answer cell: changes between BEGIN and END SOLUTION, words of errors not.

    Args:
        source: str, the cell as it stands in the solution.

    Returns:
        list of `Mutant`, each different.
    """
    tree, lines = ast.parse(source), solution_lines(source)
    original, found = ast.unparse(tree), {}
    for position, node in enumerate(ast.walk(tree)):
        if getattr(node, "lineno", 0) not in lines:
            continue
        for number, _ in enumerate(alternatives(node)):
            mutated = copy.deepcopy(tree)
            target = list(ast.walk(mutated))[position]
            new = list(alternatives(target))[number]
            text = ast.unparse(ast.fix_missing_locations(Replace(target, new).visit(mutated)))
            if text != original:
                found.setdefault(text, Mutant(changed_lines(original, text), text))
    return list(found.values())


def solution_lines(source):
    """The numbers of the lines inside a solution, but for what is raised there."""
    numbers, within = set(), False
    for number, line in enumerate(source.split("\n"), start=1):
        within = (within or "### BEGIN SOLUTION" in line) and "### END SOLUTION" not in line
        numbers |= {number} if within else set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Raise):
            numbers -= set(range(node.lineno, node.end_lineno + 1))
    return numbers


def changed_lines(before, after):
    """What differs, with some of the line around it: `before it [old => new] after it`."""
    diff = list(difflib.ndiff(before.split("\n"), after.split("\n")))
    old, new = ("; ".join(d[2:].strip() for d in diff if d[0] == sign) for sign in "-+")
    words = [re.findall(r"\w+(?:\.\d+)?|\W", text) for text in (old, new)]
    start = len(os.path.commonprefix(words))
    end = len(os.path.commonprefix([w[start:][::-1] for w in words]))
    head, tail = "".join(words[0][:start]), "".join(words[0][len(words[0]) - end :])
    old, new = ("".join(w[start : len(w) - end]) for w in words)
    return f"{head[-50:]}[{old} => {new}]{tail[:20]}".strip()


# --- the run --------------------------------------------------------------------------------------


def survives(exercise, source, nb=None):
    """Whether every check of an exercise passes with `source` as its answer."""
    answer = Answer(exercise, "mutant", source, "<mutant>", "", 0)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        verdict = judge(answer, nb, enough=lambda verdict: verdict.messages)
    clear()
    return not verdict.messages


def serve(connection, exercise, nb=None):
    """Runs in a process of its own: takes sources, answers whether they survive."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # TensorFlow's native code has much to say
    while True:
        connection.send(survives(exercise, connection.recv(), nb))


class Judge:
    """Judges the mutants of an exercise in another process, which it ends if one takes too long."""

    def __init__(self, exercise, nb=None, seconds=SECONDS):
        self.exercise, self.nb, self.seconds, self.process = exercise, nb, seconds, None

    def start(self):
        context = multiprocessing.get_context("spawn")
        self.connection, other = context.Pipe()
        self.process = context.Process(
            target=serve, args=(other, self.exercise, self.nb), daemon=True
        )
        self.process.start()
        other.close()
        self.connection.send(self.exercise.answer.source)  # imports TensorFlow, so it may take long
        if not self.connection.recv():
            raise AssertionError(f"{self.exercise}: the reference itself fails")

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.join()
        self.process = None

    def __call__(self, source):
        """`"survived"`, `"killed"`, or `"ended"` for what takes longer than `seconds`."""
        if not self.process:
            self.start()
        self.connection.send(source)
        try:
            if self.connection.poll(self.seconds):
                return "survived" if self.connection.recv() else "killed"
        except EOFError:  # it took the process with it
            pass
        self.stop()
        return "ended"


def try_all(exercise):
    """`[(Mutant, outcome)]` for an exercise."""
    judge_of = Judge(exercise)
    try:
        return [(mutant, judge_of(mutant.source)) for mutant in mutants(exercise.answer.source)]
    finally:
        judge_of.stop()


def listed(path=LISTED):
    """`{exercise: {change: reason}}` of the survivors that are known."""
    found = {}
    for exercise, reasons in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for reason in reasons:
            if not reason.startswith(("equivalent: ", "left: ")):
                raise ValueError(
                    f"{path.name}: {exercise}: expected a reason that begins with `equivalent: ` "
                    f"or `left: `. Received: {reason!r}"
                )
        found[exercise] = {c: reason for reason, changes in reasons.items() for c in changes}
    return found


def report(exercise, outcomes, reasons):
    """Prints an exercise; returns `(mutants that are not equivalent, survivors, not listed)`."""
    survivors = [mutant.change for mutant, outcome in outcomes if outcome == "survived"]
    ended = sum(outcome == "ended" for _, outcome in outcomes)
    killed = len(outcomes) - len(survivors)
    print(
        f"{exercise}: {len(outcomes)} mutants, {killed} killed"
        + f" ({ended} by time)" * (ended > 0)
    )
    for change in survivors:
        print(f"    {reasons.get(change, 'SURVIVED')}\n        {change}")
    for change in set(reasons) - set(survivors):
        print(f"    listed, but it did not survive\n        {change}")
    equivalent = sum(reasons.get(change, "").startswith("equivalent") for change in survivors)
    unlisted = sum(change not in reasons for change in survivors)
    return len(outcomes) - equivalent, len(survivors) - equivalent, unlisted


def main(argv=None):
    """Tries the mutants; returns 1 where one survives that is not listed, or too many do."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("words", nargs="*", help="only exercises with one of these in their name")
    words, known, counts = parser.parse_args(argv).words, listed(), []
    exercises = [
        e
        for e in course.all_exercises()
        if (any(word in str(e) for word in words) if words else e.name not in BY_RESULT)
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for exercise, outcomes in zip(exercises, pool.map(try_all, exercises), strict=True):
            reasons = known.get(str(exercise), {})
            if exercise.name in BY_RESULT:
                right = "equivalent: it reaches the accuracy, and nothing else is asked for"
                reasons = {m.change: right for m, outcome in outcomes if outcome == "survived"}
            counts.append(report(exercise, outcomes, reasons))
            sys.stdout.flush()
    judged, survivors, unlisted = map(sum, zip(*counts, strict=True))
    print(
        f"{survivors} of {judged} mutants that are not equivalent survive: {survivors / judged:.1%}"
    )
    return bool(unlisted) or survivors > MOST_SURVIVORS * judged


if __name__ == "__main__":
    import conftest  # noqa: F401  (sets the environment: offline, a data folder of its own)

    sys.exit(main())
