"""The numbers on the page markers that were taken out, and which of them are missing or stand twice."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from cleaner.edits import Edit
from cleaner.markers import Reading, readings, total_piece

ON_LINE = "page-marker"
"""Rule of a marker that has lines of its own."""

INSIDE = "page-marker-inside"
"""Rule of a marker inside a line."""


class Pages(NamedTuple):
    """The page numbers of a document; ``str`` says in one sentence what is not in order, and nothing if all is.

    >>> print(Pages((1, 2, 3), 16))
    page numbers 4–16 of 16 are not in this file
    >>> print(Pages((1, 2, 2, 5), None))
    page numbers 3–4 are not in this file; page number 2 is there more than once
    >>> str(Pages((1113, 1114), None)), str(Pages((1, 2, 1, 2), None))    # an article, two documents in one file
    ('', '')
    """

    found: tuple[int, ...]
    """In the order of the document."""
    total: int | None
    """The number of pages, if the markers name one and always the same."""

    @property
    def missing(self) -> tuple[range, ...]:
        """Stretches of numbers that are not in the document.

        The number of a first page is not missed, as title pages have none; nor is what comes before the first
        number where no total says that the numbers begin with 1.

        >>> Pages((2, 3, 6), 8).missing
        (range(4, 6), range(7, 9))
        """
        ends = sorted(set(self.found))
        if self.total is not None:
            ends = [0 if ends[0] > 2 else ends[0] - 1, *ends, self.total + 1]
        return tuple(range(low + 1, high) for low, high in pairwise(ends) if high - low > 1)

    @property
    def repeated(self) -> tuple[range, ...]:
        """Stretches of numbers that stand more than once, without a new beginning at 1 in between.

        >>> Pages((1, 2, 3, 2, 3, 4), None).repeated
        (range(2, 4),)
        """
        seen: set[int] = set()
        again: set[int] = set()
        for number in self.found:
            if number == 1:
                seen.clear()
            (again if number in seen else seen).add(number)
        return tuple(_stretches(sorted(again)))

    def __str__(self) -> str:
        """What is missing, then what stands more than once."""
        told = []
        if missing := self.missing:
            of = f" of {self.total}" if self.total is not None else ""
            told.append(f"{_numbers(missing)}{of} {_verb(missing)} not in this file")
        if repeated := self.repeated:
            told.append(f"{_numbers(repeated)} {_verb(repeated)} there more than once")
        return "; ".join(told)


def _stretches(numbers: list[int]) -> Iterator[range]:
    start = 0
    for at, number in enumerate(numbers, 1):
        if at == len(numbers) or numbers[at] != number + 1:
            yield range(numbers[start], number + 1)
            start = at


def _numbers(stretches: tuple[range, ...]) -> str:
    names = [f"{one[0]}–{one[-1]}" if len(one) > 1 else f"{one[0]}" for one in stretches]
    return f"page number{'s' if _verb(stretches) == 'are' else ''} {', '.join(names)}"


def _verb(stretches: tuple[range, ...]) -> str:
    return "are" if sum(map(len, stretches)) > 1 else "is"


def page_numbers(source: str, edits: Iterable[Edit]) -> Pages | None:
    """The numbers on the markers that ``edits`` take out of ``source``; None if they take out none.

    Of several figures in a marker, the page's is the one around which the markers are most alike.

    >>> source = "甲\\n5月1日 1/3\\n乙\\n5月1日 2/3\\n"
    >>> page_numbers(source, [Edit(2, 11, "", "page-marker", ""), Edit(13, 22, "", "page-marker", "")])
    Pages(found=(1, 2), total=3)
    """
    markers = [read for marker in _markers(source, edits) if (read := list(_read(marker)))]
    shared = Counter(key for read in markers for key in {reading.key for reading in read})
    chosen = [max(read, key=lambda reading: shared[reading.key]) for read in markers]
    if not chosen:
        return None
    # A head and a foot may both hold the number of their page.
    pages = [chosen[0], *(b for a, b in pairwise(chosen) if a.number != b.number or a.key == b.key)]
    totals = {reading.total for reading in pages}
    return Pages(tuple(reading.number for reading in pages), totals.pop() if len(totals) == 1 else None)


def _markers(source: str, edits: Iterable[Edit]) -> Iterator[list[str]]:
    """The lines of each marker."""
    text, end = "", 0
    for edit in edits:
        # Where an earlier stage took a character out of a marker, edits without a gap between them make it up.
        if edit.start > end:
            yield from _split(text)
            text = ""
        end = edit.end
        if edit.rule in (ON_LINE, INSIDE):
            text += source[edit.start : edit.end]
    yield from _split(text)


def _split(text: str) -> Iterator[list[str]]:
    """Markers on neighbouring lines are one edit; one in two pieces is one marker."""
    marker: list[str] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        if marker and total_piece(line) is None:
            yield marker
            marker = []
        marker.append(line)
    if marker:
        yield marker


def _read(marker: list[str]) -> Iterator[Reading]:
    total = total_piece(marker[-1]) if len(marker) > 1 else None
    for reading in readings(marker[0]):
        yield Reading(reading.key, reading.number, reading.look, reading.total or total)
