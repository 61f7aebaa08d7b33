"""Gutters: the empty strip between columns that were printed side by side and read line by line across the page.

Where a converter keeps the look of a page, every line holds a piece of the left column, a run of spaces and a piece
of the right one. Some set the right column at one *character* of the line (a Han character counts as one: pdftotext
does that), others at one *cell* (it counts as two); both are tried. What stands in the columns is not judged here.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, pairwise
from typing import NamedTuple

from cleaner.cells import is_wide, width
from cleaner.draft import Draft, Line
from cleaner.patterns import lazy_plain
from cleaner.words import meet_in_word

# A gap inside a line, or so deep an indent that nothing may stand in the left column.
_GAP = lazy_plain(r"(?m)(?:(?<=\S) {2,}|^ {12,})(?=\S)")
# Lines that are looked at together: half a page shows where its gutter is.
_WINDOW = 40
# So many of them have a gap that ends in one place; fewer are a coincidence.
LEAST = 5
# The places that are tried: a paragraph's indent is one of its own, and a heading's another.
_PLACES = 4
# Blank lines after which another page, or another part of it, begins.
_APART = 3
# Pages have hardly more lines of type: what goes on longer is looked at in parts.
_LONGEST = 150
# Characters: no page has longer lines, however far apart its columns are.
_WIDEST = 400
# Lines that, set apart by a blank one, are the head or the foot of a page and in no column.
_EDGE = 2
# Cells of a piece of text that is more than a number or a name.
_TEXT = 12
_NUMBER = lazy_plain(r"\W*\d{1,4}\W*")
# Words across it that are no coincidence.
_SPLIT_WORDS = 2
_FILLER = "\0"  # the second cell of a wide character

Row = tuple[str, ...]
"""What stands in each column on one line, with its indent; "" where nothing does."""


class Stretch(NamedTuple):
    """Lines with columns side by side."""

    first: int
    """The number of the first line."""
    rows: tuple[Row, ...]

    @property
    def last(self) -> int:
        """The number of the last line."""
        return self.first + len(self.rows) - 1

    @property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """The same, column by column."""
        return tuple(zip(*self.rows, strict=True))

    @property
    def lines(self) -> int:
        """The lines of the column that has fewest."""
        return min(sum(map(bool, column)) for column in self.columns)

    @property
    def firm(self) -> int:
        """How plain the columns are: their lines, and how many of them begin where the column does."""
        return self.lines + sum(part[:1] not in ("", " ") for row in self.rows for part in row[1:])


def may_have_columns(draft: Draft) -> bool:
    """Whether ``draft`` has gaps enough in its lines: a quick look."""
    return draft.has_gaps and len(list(islice(_GAP.finditer(draft.text), LEAST))) == LEAST


def stretches(draft: Draft) -> Iterator[Stretch]:
    """The stretches of ``draft`` through which an empty strip runs from top to bottom, in order.

    >>> text = "黄河之水天上    将进酒杯莫停\\n岑夫子          丹丘生\\n" * 3
    >>> [(each.first, each.last) for each in stretches(Draft(text))]
    [(0, 5)]
    >>> list(stretches(Draft("黄河之水天上    将进酒杯莫停\\n岑夫子          丹丘生\\n")))    # a coincidence
    []
    """
    if not may_have_columns(draft):
        return
    lines = draft.lines()
    gaps = [line.number for line in lines if "  " in line.text]
    at = 0
    while (following := bisect_left(gaps, at)) < len(gaps):
        at = gaps[following]
        end = _block_end(lines, at)
        found = _in_window([line.text.lstrip("\f") for line in lines[at:end]])
        if found:
            yield Stretch(at + found.first, found.rows)
            at += found.last + 1
        else:
            at = end if end - at < _WINDOW else at + _WINDOW // 2


def side_by_side(draft: Draft) -> frozenset[int]:
    """Where the lines start on which a piece of text stands beside another, time and again: rows of a table.

    A number, or a word that is explained, beside lines that are set in is not meant: those lines go on.

    >>> len(side_by_side(Draft("桥下的水四季都清    夏日傍晚雨\\n" * 6)))
    0
    >>> len(side_by_side(Draft("桥下的水四季都清    夏日傍晚在下游\\n" * 6)))
    6
    >>> len(side_by_side(Draft("桥下的水一年四  季都清夏日傍晚\\n" * 6)))    # two spaces were a line end
    0
    """
    found: set[int] = set()
    for stretch in stretches(draft):
        level = [at for at, row in enumerate(stretch.rows, stretch.first) if sum(map(_is_text, row)) > 1]
        if len(level) >= LEAST and not _read_across(stretch.rows):
            found.update(line.start for line in draft.lines()[level[0] : level[-1] + 1])
    return frozenset(found)


def _read_across(rows: Sequence[Row]) -> bool:
    """Whether words run across the gutter: then it is no gutter, but what became of the ends of printed lines.

    There one in three pairs of Han characters is common inside words, in a table one in twenty.
    """
    beside = [(left.rstrip(), right.lstrip()) for row in rows for left, right in pairwise(row) if left and right]
    joints = [(left, right) for left, right in beside if is_wide(left[-1]) and is_wide(right[0])]
    split = sum(meet_in_word(left, right) for left, right in joints)
    return split >= _SPLIT_WORDS and split > 0.2 * len(joints)


def _is_text(part: str) -> bool:
    return width(part.strip()) >= _TEXT


def _block_end(lines: Sequence[Line], start: int) -> int:
    """Where the lines end that can belong together: at a form feed at the latest."""
    end = min(len(lines), start + _LONGEST)
    return next((at for at in range(start + 1, end) if "\f" in lines[at].text), end)


def _in_window(texts: Sequence[str]) -> Stretch | None:
    """The longest stretch that begins in the first lines of ``texts``."""
    by_character: Counter[int] = Counter()
    by_cell: Counter[int] = Counter()
    for text in texts[:_WINDOW]:
        ends = [gap.end() for gap in _GAP.finditer(text)] if "  " in text and len(text) <= _WIDEST else []
        by_character.update(ends)
        by_cell.update(width(text[:end]) for end in ends)
    # The true grid has every line begin its column at one place, the other only those that are full.
    cells = max(by_cell.values(), default=0) > max(by_character.values(), default=0)
    places = (by_cell if cells else by_character).most_common(_PLACES)
    grid = [_by_cells(text) for text in texts] if cells and places[0][1] >= LEAST else texts
    found = [each for place, count in places if count >= LEAST and (each := _along(grid, place))]
    best = max(found, key=lambda each: each.firm, default=None)
    return best if best and best.lines >= LEAST else None


def _by_cells(text: str) -> str:
    """``text`` with as many characters as it has cells."""
    return text if text.isascii() else "".join(char + _FILLER if is_wide(char) else char for char in text)


def _along(texts: Sequence[str], place: int) -> Stretch | None:
    """The first stretch of ``texts`` in which a column begins at ``place``."""
    rows: list[Row] = []
    first = blanks = 0
    for number, text in enumerate(texts):
        row = _divided(text.rstrip(), place)
        if row is None or blanks > _APART:
            if rows:
                break
            continue
        if not rows and not row[1]:
            continue
        first = first if rows else number
        blanks = 0 if any(row) else blanks + 1
        rows.append(row)
    low, high = _without_edges(rows)
    if low == high:
        return None
    columns = [part for column in zip(*rows[low:high], strict=True) for part in _parted(column)]
    return Stretch(
        first + low, tuple(zip(*([part.replace(_FILLER, "") for part in column] for column in columns), strict=True))
    )


def _parted(column: Sequence[str]) -> list[Sequence[str]]:
    """The columns inside ``column``: itself, or more than one if every line shows the same gutter once more."""
    places = Counter(gap.end() for text in column if "  " in text for gap in _GAP.finditer(text))
    for place, count in places.most_common(_PLACES):
        if count < LEAST:
            break
        rows = [row for text in column if (row := _divided(text, place))]
        if len(rows) == len(column) and 2 * count >= sum(map(bool, column)):
            return [part for side in zip(*rows, strict=True) for part in _parted(side)]
    return [column]


def _divided(text: str, place: int) -> Row | None:
    """``text`` on both sides of ``place``; None if something stands where the gutter is, or no page is so wide."""
    if len(text) > 2 * _WIDEST:
        return None
    if len(text) <= place:
        return (text, "") if len(text) < place else None
    return None if text[place - 2 : place].strip() else (text[:place].rstrip(), text[place:])


def _without_edges(rows: Sequence[Row]) -> tuple[int, int]:
    """Which of ``rows`` are columns (the end is exclusive), and not a head, a foot or what follows the columns."""
    groups = [list(group) for inked, group in groupby(range(len(rows)), lambda at: any(rows[at])) if inked]
    if len(groups) > 1 and len(groups[0]) <= _EDGE < len(groups[1]):
        groups.pop(0)
    while len(groups) > 1 and len(groups[-1]) <= _EDGE and _foot([rows[at] for at in groups[-1]]):
        groups.pop()
    if not groups:
        return 0, 0
    low, high = groups[0][0], groups[-1][-1] + 1
    if any(_NUMBER.fullmatch(part) for part in rows[low]):
        low += 1
    if all(rows[high - 1]) and any(_NUMBER.fullmatch(part) for part in rows[high - 1]):
        high -= 1
    return low, max(low, high)


def _foot(rows: Iterable[Row]) -> bool:
    """Whether these last lines, set apart, are no lines of two columns."""
    return any(not all(row) or any(map(_NUMBER.fullmatch, row)) for row in rows)
