"""Cases for the whole pipeline, as data.

A case in ``tests/cases/*.toml`` has a ``name`` and

- ``source``, and ``expect`` if the text must change (without it, it must not); or
- ``text``, what an author wrote, one paragraph a line, and ``print``: how it was printed before its line ends were
  kept as line ends or spaces. Then ``text`` itself is expected, unless there is ``expect``.

``{name}`` stands for a passage of the file's ``[passages]``; ``config`` holds settings;
``ends`` is the line end of source and text, if it is not LF; with ``unchanged = true`` it must come back as printed.

Keys of ``print``:

- ``width`` in cells; ``indent``, cells the first line of a paragraph leaves free, and ``lead``, what is still there
  of it; ``flush``, beginnings of paragraphs that had no indent, such as headings;
- ``space = true``: line ends became spaces, also after the paragraphs that are ``glued`` to the next;
- ``justified = true``: the gaps in the lines were widened until they were full;
- ``blank = "lines"`` or ``"paragraphs"``: a blank line after each of them; one is expected between paragraphs;
- ``rows`` of a page, ``head`` and ``foot`` at its start and end ({n} its number, {m} the number of pages);
- ``columns`` side by side on a page, set apart by ``gutter`` cells, or characters with ``grid = "characters"``;
  ``level = true``: not one after the other, but a paragraph beside the next, as in a translation.
"""

import re
import tomllib
import unicodedata
from itertools import pairwise, zip_longest
from pathlib import Path

import pytest

from cleaner import Config, apply, clean, invert

FOLDER = Path(__file__).parent / "cases"
# The other files there belong to the tests of single stages.
FILES = (
    *("removals", "copy_protection", "site_notes", "columns", "breaks", "contents", "spaces", "paragraphs"),
    *("line_ends", "keep", "known"),
)


# ---------------------------------------------------------------- a printer, with measures of its own

_CLOSING = re.escape("，。、；：！？）》」』】”’…—%")
_OPENING = re.escape("（《「『【“‘")
_TOKEN = re.compile(rf"[{_OPENING}]*(?:[!-~]+|——|……|.)[{_CLOSING}]*")


def cells(text):
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def wrapped(paragraph, width, indent):
    """The printed lines of a paragraph: a closing mark never starts one, a Latin word is never split."""
    lines, line, room = [], "", width - indent
    for token in _TOKEN.findall(paragraph):
        if line.strip() and cells(line + token) > room:
            lines.append(line.rstrip(" "))
            line, room = "", width
        line += "" if token == " " and not line else token
    return [*lines, line.rstrip(" ")]


def stretched(line, width):
    """``line`` with its gaps widened, the last ones first, until it is full."""
    parts = line.split(" ")
    missing = width - cells(line) if len(parts) > 1 else 0
    for turn in range(missing):
        parts[-1 - turn % (len(parts) - 1)] = " " + parts[-1 - turn % (len(parts) - 1)]
    return " ".join(parts)


def side_by_side(columns, gutter, grid):
    """The lines of columns that stand beside each other; each begins at one place of all lines."""
    measure = cells if grid == "cells" else len
    place = [max(map(measure, column)) + gutter for column in columns]
    for row in zip_longest(*columns, fillvalue=""):
        line = ""
        for at, piece in enumerate(row):
            start = sum(place[:at])
            line += " " * (start - measure(line)) + piece
        yield line.rstrip(" ")


def printed(
    text,
    *,
    width,
    indent=0,
    lead="",
    space=False,
    blank="",
    rows=0,
    head="",
    foot="",
    flush=(),
    glued=(),
    justified=False,
    columns=1,
    gutter=4,
    grid="cells",
    level=False,
):
    paragraphs = [
        wrapped(paragraph, width, 0 if paragraph.startswith(tuple(flush)) else indent) if paragraph else [""]
        for paragraph in text.rstrip("\n").split("\n")
    ]
    if justified:
        paragraphs = [[*(stretched(line, width) for line in lines[:-1]), lines[-1]] for lines in paragraphs]
    for lines in paragraphs:
        if lead and lines[0] and not lines[0].startswith(tuple(flush)):
            lines[0] = lead + lines[0]
    if space:
        lines = [" ".join(lines) for lines in paragraphs]
        return "".join(line + (" " if line in glued else "\n") for line in lines)
    if blank == "paragraphs":
        paragraphs = [[*lines, ""] for lines in paragraphs]
    if level:
        return "".join(
            line + "\n"
            for start in range(0, len(paragraphs), columns)
            for line in side_by_side(paragraphs[start : start + columns], gutter, grid)
        )
    lines = [line for lines in paragraphs for line in lines]
    if blank == "lines":
        lines = [each for line in lines for each in (line, "")]
    if rows:
        pages = [lines[start : start + rows] for start in range(0, len(lines), rows)]
        if columns > 1:
            pages = [
                list(side_by_side(pages[start : start + columns], gutter, grid))
                for start in range(0, len(pages), columns)
            ]
        lines = []
        for number, page in enumerate(pages, 1):
            around = [edge.format(n=number, m=len(pages)).split("\n") if edge else [] for edge in (head, foot)]
            lines += [*around[0], *page, *around[1]]
    return "\n".join(lines).rstrip("\n") + "\n"


# ---------------------------------------------------------------- the cases


def load(name):
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    passages = data.get("passages", {})

    def fill(text):
        if not passages:  # braces are the text's own
            return text
        return re.sub(r"\{([a-z]+)\}", lambda slot: passages[slot[1]].strip("\n"), text)

    for case in data["case"]:
        if "text" in case:
            text = fill(case["text"])
            source = printed(text, **case["print"])
            between = "\n\n" if "blank" in case["print"] else "\n"
            expect = fill(case["expect"]) if "expect" in case else text.rstrip("\n").replace("\n", between) + "\n"
            expect = source if case.get("unchanged") else expect
        else:
            source = fill(case["source"])
            expect = fill(case.get("expect", case["source"]))
        if "ends" in case:
            source, expect = source.replace("\n", case["ends"]), expect.replace("\n", case["ends"])
        marks = [pytest.mark.xfail(strict=True, reason=case["reason"])] if name == "known" else []
        yield pytest.param(
            source, expect, Config(**case.get("config", {})), id=f"{name}: {case['name']}", marks=marks
        )


CASES = [case for name in FILES for case in load(name)]


@pytest.mark.parametrize(("source", "expect", "config"), CASES)
def test_case(source, expect, config):
    """The text is the expected one, its edits explain it, and it is clean now."""
    result = clean(source, config)
    assert result.text == expect
    assert apply(source, result.edits) == result.text
    assert apply(result.text, invert(source, result.edits)) == source
    assert all(one.end <= other.start for one, other in pairwise(result.edits))
    assert clean(result.text, config).edits == ()


def test_names_are_unique():
    """A failure points at one case."""
    names = [case.id for case in CASES]
    assert len(names) == len(set(names))


def test_the_printer_prints():
    """The helper breaks full lines, never before a closing mark, and fills pages."""
    assert wrapped("甲乙丙丁。戊", 8, 0) == ["甲乙丙", "丁。戊"]
    assert wrapped("甲乙丙丁", 6, 2) == ["甲乙", "丙丁"]
    assert wrapped("use the data", 8, 0) == ["use the", "data"]
    assert list(side_by_side([["甲", "乙丙"], ["丁"]], 2, "cells")) == ["甲    丁", "乙丙"]
    assert list(side_by_side([["甲", "乙丙"], ["丁"]], 2, "characters")) == ["甲   丁", "乙丙"]
    assert printed("甲乙丙\n丁", width=4, rows=2, foot="- {n} -") == "甲乙\n丙\n- 1 -\n丁\n- 2 -\n"
