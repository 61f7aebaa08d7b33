"""Line numbers: those a court or a printer sets before every line, from 1 on each page or through the whole text.

An author numbers paragraphs, steps, verses, and never the second half of a sentence. So they are line numbers where
nearly every line has one, each is one more than the last or starts over, and many lines are cut in mid-sentence.
"""

from collections.abc import Container, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.draft import Line
from cleaner.patterns import lazy
from cleaner.survey import is_open

if TYPE_CHECKING:
    import regex

_NUMBER = lazy(r"[ ]{0,8}(\d{1,3})(?:\u3000|[ ]{1,4}|\t)(?=\S|\u3000| )")
_FEWEST = 10
"""Lines: with fewer a list could look like this by chance."""
_NUMBERED, _CUT = 0.9, 0.3
"""Shares of all lines that have a number that fits, and of those that break off in mid-sentence."""


def line_numbers(lines: list[Line], gone: Container[int]) -> Iterator[tuple[int, int]]:
    """Where the numbers stand, with the white space after each; ``gone`` are lines that are none of the text's.

    >>> text = ["01　上列當事人間請求返還", "02　鑼鼓事件，本會於八月", "03　調解成立。"] * 4
    >>> numbered = [Line(at, 0, 9, 9, said) for at, said in enumerate(text)]
    >>> list(line_numbers(numbered, ()))[:2]
    [(0, 3), (0, 3)]
    >>> steps = [Line(at, 0, 9, 9, f"{at + 1} 把水倒掉。") for at in range(12)]
    >>> list(line_numbers(steps, ()))
    []
    """
    rest = [line for line in lines if line.number not in gone and not line.blank]
    found = list(_numbered(rest))
    if len(found) < max(_FEWEST, _NUMBERED * len(rest)):
        return
    numbers = [int(match[1]) for _, match in found]
    fitting = sum(1 for one, other in pairwise([0, *numbers]) if other in (one + 1, 1))
    cut = sum(1 for line, _ in found if is_open(line.text.rstrip()))
    if fitting < _NUMBERED * len(found) or cut < _CUT * len(found) or len(set(numbers)) == 1:
        return
    for line, match in found:
        yield line.start, line.start + match.end()


def _numbered(lines: list[Line]) -> "Iterator[tuple[Line, regex.Match[str]]]":
    """The lines with a number, and the number; only the first of them where too many lines have none."""
    others = len(lines) - _NUMBERED * len(lines)
    for line in lines:
        # Most lines begin with something else: then the pattern need not be made.
        match = _NUMBER.match(line.text) if line.text.lstrip(" ")[:1].isdecimal() else None
        if match:
            yield line, match
        elif (others := others - 1) < 0:
            return
