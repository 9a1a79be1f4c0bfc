"""Turns what a submission's process says into notebook outputs, bounded and of known form."""

from nbformat.v4 import new_output

# What a page of feedback can show. Widgets live in a browser only, and scripts are not kept.
SHOWN = {
    "text/plain",
    "text/html",
    "text/markdown",
    "text/latex",
    "image/png",
    "image/jpeg",
    "image/svg+xml",
}
NAME, LINES = 200, 400  # characters of an error's name, lines of a traceback


class Outputs:
    """The outputs of one cell.

    Args:
        most: int, characters kept; what comes later is dropped, with a note.
    """

    def __init__(self, most):
        self.most, self.size, self.cut, self.items = most, 0, False, []
        self.ids, self.clear_first = [], False

    def show(self, said):
        """Takes one message, of whatever form."""
        kind = said.get("output_type") if isinstance(said, dict) else None
        if kind == "clear_output":
            self.clear_first = True
            if said.get("wait") is not True:
                self._clear()
            return
        if kind not in ("stream", "display_data", "execute_result", "error"):
            return
        output = getattr(self, f"_{kind}")(said)
        size = len(str(output))
        if self.size + size > self.most:
            if not self.cut:
                self._add(new_output("stream", text=f"\n[cut after {self.most:,} characters]\n"))
            self.cut = True
            return
        self.size += size
        display_id = said.get("display_id")
        if said.get("update") is True:
            for item, known in zip(self.items, self.ids, strict=True):
                if known is not None and known == display_id:
                    item.data, item.metadata = output.data, output.metadata
            return
        self._add(output, display_id if isinstance(display_id, str) else None)

    def _add(self, output, display_id=None):
        if self.clear_first:
            self._clear()
        last = self.items[-1] if self.items else None
        if last and output.output_type == last.output_type == "stream":
            last.text += output.text
            return
        self.items.append(output)
        self.ids.append(display_id)

    def _clear(self):
        self.items, self.ids, self.clear_first = [], [], False

    def _stream(self, said):
        # Warnings on stderr are to be read and cost nothing: nbgrader gives 0 points for them.
        return new_output("stream", text=text(said.get("text")))

    def _display_data(self, said):
        return new_output("display_data", data=bundle(said.get("data")))

    def _execute_result(self, said):
        count = said.get("execution_count")
        count = count if type(count) is int and 0 <= count < 10**6 else None
        return new_output("execute_result", data=bundle(said.get("data")), execution_count=count)

    def _error(self, said):
        lines = said.get("traceback")
        return failure(
            text(said.get("ename"))[:NAME],
            text(said.get("evalue")),
            [text(line) for line in lines[:LINES]] if isinstance(lines, list) else None,
        )


def failure(name, value, lines=None):
    """An error output; with one line where there is no traceback."""
    return new_output(
        "error", ename=name, evalue=value, traceback=lines or [f"\x1b[31m{name}\x1b[39m: {value}"]
    )


def bundle(data):
    """The parts of a bundle of MIME types that a page shows."""
    if not isinstance(data, dict):
        return {"text/plain": text(data)}
    return {kind: text(data[kind]) for kind in sorted(SHOWN & data.keys())}


def text(value):
    # Lone surrogates cannot be written to a file.
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return "" if value is None else "<not text>"
