"""Stretches: parts of a document that are read by themselves, because they may be printed otherwise than the rest."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from cleaner.attempts import Attempt, attempts, best_of
from cleaner.draft import Draft
from cleaner.layout_gate import joins_listings
from cleaner.layout_search import LEAST, NARROWEST, likeliest_widths, sample
from cleaner.measured import Layout
from cleaner.physical import HARD, INLINE, Reading
from cleaner.pieces import Piece
from cleaner.structure import is_code, structured
from cleaner.suspicion import BEYOND

# Text that may show a layout of its own, in cells (four lines of a narrow page) and as a share of the document: so no
# more than twenty stretches are searched.
_REST, _PART = 200, 0.05
# The share of its lines that must end in mid-sentence or hold a space.
_DOUBTFUL = 0.4

Read = tuple[Reading, Sequence[Piece]]


def with_the_rest(draft: Draft, lines: list[Piece], best: Attempt) -> Read:
    """Read each stretch of lines in which ``best`` found nothing to repair by itself: it may be printed otherwise.

    A file may hold two page designs, or lines as they were printed and paragraphs whose line ends became spaces.
    """
    reading, pieces = best.reading, best.case.pieces
    starts = array("q", (index for index, piece in enumerate(pieces) if not piece.space))
    starts.append(len(pieces))
    joined = [reading.breaks[start] != HARD for start in starts[:-1]]
    touched = [
        before or after or any(kind != INLINE for kind in reading.breaks[start + 1 : end])
        for before, after, (start, end) in zip(joined, [*joined[1:], False], pairwise(starts), strict=True)
    ]
    if all(touched):
        return reading, pieces
    parts: list[Read] = []
    for is_touched, lines_of_run in _runs(touched):
        span = slice(starts[lines_of_run.start], starts[lines_of_run.stop])
        own = None if is_touched else _otherwise(draft, lines[lines_of_run])
        parts.append(own or (reading.part(span), pieces[span]))
    return _put_together(reading.layout, parts)


def by_length(draft: Draft, lines: list[Piece]) -> Read | None:
    """Read the lines that fit the likeliest width, and those that do not, stretch by stretch, if that convinces."""
    usual = Layout(NARROWEST)
    width = next(iter(likeliest_widths(sample(lines), usual)), 0)
    long = [usual.cells(line) > BEYOND * width for line in lines]
    if not width or all(long) or not any(long):
        return None
    parts: list[Read] = []
    found: Layout | None = None
    for _, span in _runs(long):
        own = _otherwise(draft, lines[span])
        if own and joins_listings(*own):
            own = None
        found = own[0].layout if own and not found else found
        parts.append(own or (Reading.of_lines(len(lines[span])), lines[span]))
    return _put_together(found, parts) if found else None


def _runs(marks: Iterable[bool]) -> Iterator[tuple[bool, slice]]:
    """Each run of equal ``marks``, with the indices it has."""
    start = 0
    for mark, run in groupby(marks):
        stop = start + sum(1 for _ in run)
        yield mark, slice(start, stop)
        start = stop


def _put_together(layout: Layout, parts: list[Read]) -> Read:
    """One reading of the whole: each part by itself, all of it from a printed document of ``layout``."""
    whole = Reading(layout, sum(reading.cost for reading, _ in parts), [], [], [])
    pieces: list[Piece] = []
    for reading, own in parts:
        whole.breaks.extend(reading.breaks)
        whole.first.extend(reading.first)
        whole.slack.extend(reading.slack)
        pieces.extend(own)
    return whole, pieces


def _otherwise(draft: Draft, lines: list[Piece]) -> Read | None:
    """The best reading that convinces of ``lines`` by themselves, if they are enough text to show a layout."""
    if sum(line.width for line in lines) < max(_REST, _PART * len(draft.text)):
        return None
    # The cheap test of ``may_be_printed`` again: of dialogue and lists most stretches go no further.
    doubtful = sum((line.ends in "NMH" and line.width > NARROWEST) or " " in line.text for line in lines)
    if doubtful < max(LEAST, _DOUBTFUL * len(lines)):
        return None
    texts = [draft.text[line.start : line.end] for line in lines]
    if structured(texts) or is_code(texts):
        return None
    best = best_of(attempts(draft, lines))
    return (best.reading, best.case.pieces) if best else None
