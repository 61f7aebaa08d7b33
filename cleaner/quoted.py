"""Quoted lines: the mark before every line that a mail program or a bulletin board quotes.

A mail program breaks a text into lines and sets ``> `` before each of them, a board ``: ``. The mark is no part of
the text it stands before, so the lines behind it are read like any others.
"""

from itertools import groupby
from typing import NamedTuple

from cleaner.draft import Draft
from cleaner.patterns import lazy_plain

# Three of them are the prompt of Python.
_MARK = lazy_plain(r"(?:[>＞] ?){1,2}(?![>＞])|(?:: ){1,2}")
_CLOSED = frozenset("。！？!?…；;：:.，,”’」』）)>＞")
# A line by itself may begin with such a sign for any reason.
_ROW = 2


class Mark(NamedTuple):
    """What stands before a quoted line."""

    depth: int
    """How many quotations it is in: an answer may quote one."""
    length: int
    """Characters, with the space behind the sign."""


def marks(draft: Draft) -> dict[int, Mark]:
    """The marks of quoted lines, by where the lines start.

    >>> marks(Draft("> 你在信里说，\\n> 船已经开了。\\n对。\\n> 0\\n"))    # a quantity
    {0: Mark(depth=1, length=2), 9: Mark(depth=1, length=2)}
    >>> marks(Draft("> 你在信里说，\\n> 船已经开\\n了，没有等我。\\n"))    # broken once more, behind one mark
    {}
    >>> marks(Draft(">>> 1 + 1\\n>>> 2 + 2\\n"))
    {}
    """
    if not any(sign in draft.text for sign in (">", "＞", "\n: ")):
        return {}
    found: dict[int, Mark] = {}
    going_on = stopping = 0
    for depth, run in groupby(draft.line_texts(), lambda line: _depth(line[1])):
        row = list(run)
        if depth and len(row) >= _ROW:
            found.update((start, Mark(depth, len(_mark(text)))) for start, text in row)
            going_on += sum(_is_open(text) for _, text in row[:-1])
            stopping += _is_open(row[-1][1])
    # Where paragraphs behind one mark each were broken into lines, sentences stop being quoted in the middle.
    return found if going_on >= stopping else {}


def _is_open(text: str) -> bool:
    """Whether a line ends inside a sentence."""
    return text.rstrip()[-1:] not in _CLOSED


def _mark(text: str) -> str:
    found = _MARK.match(text)
    return found.group() if found else ""


def _depth(text: str) -> int:
    return len(_mark(text).replace(" ", "")) if text[:1] in (">", "＞", ":") else 0
