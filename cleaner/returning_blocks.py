"""Returning blocks: what a page sets around each passage of a text, the same lines again and again.

Under every post of a thread stand the name, the client, the floor and a button; under every excerpt of a book the
same credit; under every letter of a group its counters. Figures differ, the lines do not. Such a block goes as a
whole, names and figures with it, where

- the same two lines or more, figures aside, stand together between passages, three times or more;
- one of them is in the words of a page, and those prove something; and
- every time it has passages before or after it: sentences, or lines longer than any of the block's.

A refrain, a form, the name and the time over each speech of a chat return as well, but say nothing of a page.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from cleaner.draft import Line
from cleaner.interface import Reading
from cleaner.patterns import lazy

_OFTEN = 3
_FEWEST, _MOST = 2, 12
"""Lines of a block."""
_SHORT = 30
"""Characters of a line that need not be a passage."""
_COUNT = lazy(r"\d[\d,.]*\s?[万亿萬億wWkK]?")
_SENTENCE = lazy(r"[。！？…!?；，、：][”’」』）)\]】]*$")


def returning_blocks(lines: Sequence[Line], reading: Callable[[int], Reading]) -> Iterator[int]:
    """The numbers of the lines of such blocks; ``reading`` reads a line.

    >>> from cleaner.interface import read
    >>> def found(*block):
    ...     said = [line for day in ("雨停了。", "船来了。", "天黑了。") for line in (day, *block)]
    ...     lines = [Line(at, 0, 9, 9, text) for at, text in enumerate(said)]
    ...     return list(returning_blocks(lines, lambda number: read(lines[number].text)))
    >>> found("柳叶", "收起回复", "12")
    [1, 2, 3, 5, 6, 7, 9, 10, 11]
    >>> found("柳叶", "21:33"), found("摇啊摇", "摇到外婆桥")
    ([], [])
    """
    filled = [line for line in lines if not line.blank]
    keys = [_COUNT.sub("0", line.text.strip()) for line in filled]
    counts = Counter(keys)
    often = {key for key, count in counts.items() if count >= _OFTEN and len(key) <= 2 * _SHORT}
    if not often:
        return
    proofs: dict[str, bool] = {}
    for returns, group in groupby(range(len(filled)), lambda at: keys[at] in often):
        block = list(group)
        if not returns or not _FEWEST <= len(block) <= _MOST:
            continue
        whole = _widened(filled, keys, counts, block)
        for at in block:
            if keys[at] not in proofs:
                proofs[keys[at]] = _proves(reading(filled[at].number))
        if _between(filled, whole) and any(proofs[keys[at]] for at in block):
            yield from (filled[at].number for at in whole)


def _widened(filled: list[Line], keys: list[str], counts: Counter[str], block: list[int]) -> range:
    """The block with the lines around it that come twice: who posted no more than that."""

    def twice(at: int) -> bool:
        return 0 <= at < len(filled) and counts[keys[at]] > 1 and not _is_passage(filled[at].text)

    first, last = block[0], block[-1]
    while twice(first - 1) and last - first < _MOST:
        first -= 1
    while twice(last + 1) and last - first < _MOST:
        last += 1
    return range(first, last + 1)


def _proves(said: Reading) -> bool:
    return said.proof > 0 and not said.other


def _between(filled: list[Line], block: range) -> bool:
    """Whether a passage stands before the block or after it."""
    beside = (block[0] - 1, block[-1] + 1)
    return any(0 <= at < len(filled) and _is_passage(filled[at].text.strip()) for at in beside)


def _is_passage(text: str) -> bool:
    return len(text.strip()) > _SHORT or bool(_SENTENCE.search(text.strip()))
