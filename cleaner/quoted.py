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
    >>> marks(Draft(">>> 1 + 1\\n>>> 2 + 2\\n"))
    {}
    """
    if not any(sign in draft.text for sign in (">", "＞", "\n: ")):
        return {}
    found: dict[int, Mark] = {}
    for depth, run in groupby(draft.line_texts(), lambda line: _depth(line[1])):
        row = list(run)
        if depth and len(row) >= _ROW:
            found.update((start, Mark(depth, len(_mark(text)))) for start, text in row)
    return found


def _mark(text: str) -> str:
    found = _MARK.match(text)
    return found.group() if found else ""


def _depth(text: str) -> int:
    return len(_mark(text).replace(" ", "")) if text[:1] in (">", "＞", ":") else 0
