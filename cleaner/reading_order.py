"""Reading order: columns of one text that were printed side by side, told from what merely stands side by side.

Lines with an empty strip down the middle may be a table, a list of names, a poem, options, a translation beside its
original. They are columns of one running text if all of this is so:

===============  ==============================================================================================
what             when
===============  ==============================================================================================
widths           the columns are of one width, and no narrower than a newspaper's
full lines       in every column many lines are full, end inside a sentence and are not followed by an indent
words            read down the columns, words run from line to line far oftener than read across the gutter
independence     paragraphs do not begin side by side, as the rows of a table and of a translation do; on one page
                 at least they begin in one column where they do not in the other
at the turn      columns that break off inside a sentence are not followed by one that begins a paragraph, as those
                 of a translation are
===============  ==============================================================================================

All stretches with columns of one width are judged together: the last page may have but a few lines.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from cleaner.cells import first_token, width
from cleaner.draft import Draft
from cleaner.gutters import Stretch, stretches
from cleaner.patterns import lazy_plain
from cleaner.pieces import end_class, is_han, start_class
from cleaner.structure import is_code, structured
from cleaner.words import meet_in_word

# Cells: eight Han characters, the narrowest column of a newspaper.
_NARROWEST = 16
# So much wider may one column's longest lines be than the other's: the last character did not fit.
_WIDER = 1.15
# The share of line ends inside a sentence: prose has two in three, dialogue one in three.
_RUNNING = 0.3
# Cells a full line may leave beside what the next token needs: marks are set half as wide to make room.
_TOLERANCE = 2.0
# Latin letters are of different widths: a line may hold a tenth more of them, or less.
_LATIN_TOLERANCE = 0.1
# Nats for two Han characters at a line end and a line start. They are a pair common in words, or met together in the
# columns, at a third (old novels) to nine tenths (laws) of the line ends in columns, and at one in twenty across the
# gutter: the logarithms of .5 / .05 and .5 / .95.
_PAIR, _NO_PAIR = 2.3, -0.64
# Nats for a small letter, and against a capital one, after a line end in a Latin text.
_SMALL, _CAPITAL = 1.0, -1.0
# Nats by which reading down must beat reading across: odds of 400 to 1.
_GAIN = 6.0
# Shares of Han characters that differ so much are two languages.
_LANGUAGES = 0.4
# Of many pages a few may have paragraphs begin side by side by chance.
_CHANCE = 0.25
# An indent, in cells; what is set in further is a heading in the middle.
_INDENT = (2, 8)
_SHORT = 4  # cells left free beside what the next token needs: the author ended the line

_STRETCHED = lazy_plain(r" {2,}")  # one space of a justified line


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a column; widths in cells."""

    row: int
    text: str
    lead: int
    width: int
    """With its indent."""
    latin: int
    token: int
    ends: str
    starts: str


@dataclass(frozen=True, slots=True)
class _Column:
    """A column with what its lines show."""

    lines: tuple[_Line, ...]
    width: float
    """Of its full lines."""
    step: int
    """Rows from a line to the next, as a rule: more than one where the lines of the columns are not level."""

    def fits(self, before: _Line, after: _Line) -> bool:
        """Whether the printer may have ended ``before``: it is full."""
        tolerance = _TOLERANCE + _LATIN_TOLERANCE * before.latin
        return self.width - before.width < after.token + tolerance

    def runs_on(self, before: _Line, after: _Line) -> bool:
        """Whether a sentence goes on over a line end inside the column."""
        return (
            self.fits(before, after)
            and before.ends in "NMH"
            and after.starts in "OlQKP"
            and after.lead < _INDENT[0]
            and after.row - before.row <= self.step
        )

    def begins(self, before: _Line, after: _Line) -> bool:
        """Whether a paragraph begins with ``after``, as far as the page shows it."""
        short = self.width - before.width > after.token + _SHORT + _LATIN_TOLERANCE * before.latin
        return short or after.lead >= _INDENT[0] or after.row - before.row > self.step


@dataclass(frozen=True, slots=True)
class _Finding:
    """What a stretch with columns of prose shows, of one width and one language."""

    columns: tuple[_Column, ...]
    gain: float
    """Nats by which the words explain reading down better than reading across."""
    level: bool
    """Whether paragraphs begin side by side."""
    apart: bool
    """Whether they plainly do not."""
    turns: int
    """Columns that read on in the next, less those that plainly do not."""

    @property
    def width(self) -> float:
        """Of a column."""
        return self.columns[0].width


def columns(draft: Draft) -> Iterator[tuple[int, int, str]]:
    """The stretches of ``draft.text`` that hold columns of one text: start, end, and their lines in order.

    >>> text = "岑夫子，丹丘生，将进酒    钟鼓馔玉不足贵，但愿长\\n" * 8
    >>> list(columns(Draft(text)))    # no word runs from line to line
    []
    """
    found = [(stretch, finding) for stretch in stretches(draft) if (finding := _finding(stretch))]
    for family in _families(found):
        if _is_convincing([finding for _, finding in family]):
            for stretch, finding in family:
                if not finding.level:
                    yield _in_order(draft, stretch, finding)


def _families(found: Iterable[tuple[Stretch, _Finding]]) -> Iterator[list[tuple[Stretch, _Finding]]]:
    """The stretches whose columns are of one width: one design of page."""
    family: list[tuple[Stretch, _Finding]] = []
    for stretch, finding in sorted(found, key=lambda each: each[1].width):
        if family and finding.width > family[-1][1].width + _TOLERANCE:
            yield family
            family = []
        family.append((stretch, finding))
    if family:
        yield family


def _is_convincing(family: Sequence[_Finding]) -> bool:
    """Whether stretches of one design are columns of one text, as the table above says."""
    columns = [finding for finding in family if not finding.level]
    return (
        sum(finding.gain for finding in columns) >= _GAIN
        and sum(finding.turns for finding in columns) >= 0
        and any(finding.apart for finding in columns)
        and len(columns) >= (1 - _CHANCE) * len(family)
    )


def _in_order(draft: Draft, stretch: Stretch, finding: _Finding) -> tuple[int, int, str]:
    first, last = draft.lines()[stretch.first], draft.lines()[stretch.last]
    start = first.start + len(first.text) - len(first.text.lstrip("\f"))
    return start, last.end, "\n".join(line for column in finding.columns for line in _read_down(column))


def _read_down(column: _Column) -> Iterator[str]:
    """The lines of a column, with a blank one where it has more room between two than elsewhere."""
    row = column.lines[0].row
    for line in column.lines:
        if line.row - row > column.step:
            yield ""
        yield " " * line.lead + line.text
        row = line.row


def _finding(stretch: Stretch) -> _Finding | None:
    """None for what is not prose, or of several widths or languages."""
    columns = tuple(map(_column, stretch.columns))
    if any(len(column.lines) < 2 for column in columns):
        return None
    pairs = list(pairwise(columns))
    if not all(map(_is_prose, columns)) or not all(_alike(left, right) for left, right in pairs):
        return None
    return _Finding(
        columns,
        _gain(columns),
        any(_level(left, right) for left, right in pairs),
        any(_apart(left, right) for left, right in pairs),
        sum(_turn(left, right) for left, right in pairs),
    )


def _column(pieces: Sequence[str]) -> _Column:
    margin = min((len(piece) - len(piece.lstrip()) for piece in pieces if piece), default=0)
    lines = tuple(_line(row, piece[margin:]) for row, piece in enumerate(pieces) if piece)
    if len(lines) < 2:
        return _Column(lines, 0, 1)
    steps = sorted(after.row - before.row for before, after in pairwise(lines))
    widths = sorted(line.width for line in lines)
    return _Column(lines, widths[-1 - len(lines) // 10], steps[(len(steps) - 1) // 2])


def _line(row: int, piece: str) -> _Line:
    text = piece.lstrip(" \u3000")
    lead, cells = width(piece[: len(piece) - len(text)]), width(_STRETCHED.sub(" ", text))
    latin = sum(map(str.isascii, text))
    return _Line(
        row, text, lead, lead + cells, latin, width(first_token(text)), end_class(text), start_class(text)
    )  # fmt: skip


def _is_prose(column: _Column) -> bool:
    """Whether the lines of a column are those of a running text."""
    texts = [line.text for line in column.lines]
    running = sum(column.runs_on(before, after) for before, after in pairwise(column.lines))
    return (
        column.width >= _NARROWEST
        and running >= _RUNNING * (len(column.lines) - 1)
        and not structured(texts)
        and not is_code(texts)
    )


def _alike(left: _Column, right: _Column) -> bool:
    """Whether two neighbours are as wide as each other, and of one language."""
    narrow, wide = sorted((left.width, right.width))
    return wide <= _WIDER * narrow and abs(_han_share(left) - _han_share(right)) <= _LANGUAGES


def _level(left: _Column, right: _Column) -> bool:
    """Whether paragraphs of two neighbours begin side by side: mostly, and far oftener than by chance."""
    ours, theirs = _beginnings(left), _beginnings(right)
    both, rows = len(ours & theirs), max(left.lines[-1].row, right.lines[-1].row)
    by_chance = len(ours) * len(theirs) / rows
    return both > max(0.5 * min(len(ours), len(theirs)), 1 + 2 * by_chance)


def _apart(left: _Column, right: _Column) -> bool:
    """Whether paragraphs begin in one of two neighbours where they do not in the other, as a rule."""
    last = min(left.lines[-1].row, right.lines[-1].row)
    ours, theirs = ({row for row in _beginnings(each) if row <= last} for each in (left, right))
    return len(ours ^ theirs) >= 2 and len(ours & theirs) * 3 <= len(ours | theirs)


def _beginnings(column: _Column) -> set[int]:
    """The rows on which paragraphs begin, but for the first."""
    return {after.row for before, after in pairwise(column.lines) if column.begins(before, after)}


def _han_share(column: _Column) -> float:
    texts = [line.text for line in column.lines]
    return sum(sum(map(is_han, text)) for text in texts) / max(1, sum(map(len, texts)))


def _gain(columns: Sequence[_Column]) -> float:
    """Nats by which reading down the columns explains the words better than chance, and than reading across."""
    met = {a + b for column in columns for line in column.lines for a, b in pairwise(line.text)}
    ends = [pair for column in columns for pair in pairwise(column.lines) if column.fits(*pair)]
    down = sum(_joined(before, after, met) for before, after in ends)
    rows = [{line.row: line for line in column.lines} for column in columns]
    level = [(left[row], right[row]) for left, right in pairwise(rows) for row in left.keys() & right.keys()]
    return min(down, down - sum(_joined(before, after, met) for before, after in level))


def _joined(before: _Line, after: _Line, met: Set[str]) -> float:
    """What the characters on both sides say for a text that goes on from one line to the other, in nats."""
    last, first = before.text[-1], after.text[0]
    if is_han(last) and is_han(first):
        return _PAIR if meet_in_word(last, first) or last + first in met else _NO_PAIR
    if last.isalpha() and last.isascii() and first.isalpha() and first.isascii():
        return _SMALL if first.islower() else _CAPITAL
    return 0.0


def _turn(left: _Column, right: _Column) -> int:
    """1 if a column reads on in the next; -1 if it breaks off inside a sentence, and the next begins another."""
    before, after = left.lines[-1], right.lines[0]
    if before.ends not in "NMH":
        return 0
    if after.lead >= _INDENT[0] or after.starts in "BL":
        return -1 if left.fits(before, after) else 0
    return int(left.fits(before, after) and after.starts in "OlQKP")
