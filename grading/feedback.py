"""Keeps hidden tests, and what a browser would run, out of the feedback that students get."""

import re

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import strip_ansi
from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Any, Bool, List, Unicode

BEGIN, END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
SHORTEST = 8  # characters; shorter lines, such as `)`, give nothing away


class HideTests(NbGraderPreprocessor):
    """Blanks the lines of hidden tests in all outputs. Comes before ClearHiddenTests."""

    def preprocess(self, nb, resources):
        hidden = {line for cell in nb.cells for line in hidden_lines(cell.source)}
        for cell in nb.cells:
            for output in cell.get("outputs", []):
                if output.output_type == "stream":
                    output.text = blank(output.text, hidden)
                elif output.output_type == "error":
                    output.evalue = blank(output.evalue, hidden)
                    output.traceback = [blank(line, hidden) for line in output.traceback]
                else:
                    for kind, data in output.data.items():
                        if kind.startswith("text/") and isinstance(data, str):
                            output.data[kind] = blank(data, hidden)
        return nb, resources


# What text and tables need. No scripts, styles, forms or frames, and no pictures from elsewhere.
TAGS = """a abbr b blockquote br caption code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i li ol p pre
s small span strong sub sup table tbody td tfoot th thead tr ul""".split()
ATTRIBUTES = {
    "*": ["class", "id", "title", "align"],
    "a": ["href"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan"],
}


class SafeOutputs(SanitizeHTML):
    """Takes scripts and the like out of what a student's code shows; tables and pictures stay."""

    tags = List(Unicode(), TAGS).tag(config=True)
    attributes = Any(ATTRIBUTES).tag(config=True)
    strip = Bool(True).tag(config=True)

    def preprocess_cell(self, cell, resources, cell_index):
        if cell.cell_type == "code":
            return super().preprocess_cell(cell, resources, cell_index)
        return cell, resources  # rendered first, see below: `a < b` in code is no tag


class SafeHTMLExporter(HTMLExporter):
    """Renders text cells, then takes out what their author's HTML would run or load."""

    @pass_context
    def markdown2html(self, context, source):
        html = super().markdown2html(context, source)
        return SafeOutputs(parent=self).sanitize_html_tags(html)


def hidden_lines(source):
    """The lines of the hidden regions of a cell that would give something away."""
    lines, inside = set(), False
    for line in source.split("\n"):
        if BEGIN in line or END in line:
            inside = BEGIN in line
        elif inside and len(line.strip()) >= SHORTEST:
            lines.add(line.strip())
    return lines


def blank(text, hidden):
    """`text` with every line of a hidden test replaced by three dots, colours or not."""
    if not hidden:
        return text
    lines = []
    for line in text.split("\n"):
        plain = strip_ansi(line)
        if any(test in plain for test in hidden):
            line = re.match(r"\s*", plain)[0] + "..."
        lines.append(line)
    return "\n".join(lines)
