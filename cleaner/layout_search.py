"""The search for the layout: the likeliest wrap widths, and a climb from them to the cheapest reading."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cleaner import shards
from cleaner.case import EARLY, Case
from cleaner.measured import BLURRED, Layout
from cleaner.physical import HARD, SOFT, Reading
from cleaner.pieces import ALL_LATIN, Piece, latin_share
from cleaner.suspicion import WIDEST

NARROWEST = 22
"""A narrower measure is a list, verse or a telephone's screen, not a printed page."""
# Six Han characters: no screen holds less.
_SCREEN = 12
# The layout is chosen on so many pieces: two hundred lines tell the width as well as twenty thousand.
_SAMPLE = 400
# Soft breaks without which nothing was printed.
LEAST = 2
# Lines that may show another measure.
_FEW = 4
# Cells between two line ends beyond which no author's paragraph goes.
_MERGED = 1000
# Of a text on a line or two, title and all, the rest may be several paragraphs, however short it is.
_FEW_STARTS = 2
# Nats that a search does not make up for.
_HOPELESS = 50.0
# The share of spaces that line ends became, at the likeliest width: a line holds no more than forty words. In 35
# documents with such spaces it was 0.045 or more; technical texts with a space beside every Latin word have 0.03 at
# most that seem so, and the rest of the search took ten seconds for some of 5 KB.
_SELDOM = 0.025
# A layout with one more peculiarity must pay for it; one that asks less of the widths more.
_SWITCH, _BLUR = 2.0, 4.0
# With fewer lines that look like parts of one there is nothing to put together.
_SHATTERED = 0.03


def sample(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The beginning and three stretches further on: a layout may show only after the title pages."""
    if len(pieces) <= _SAMPLE:
        return pieces
    part = _SAMPLE // 4
    starts = [0, *(len(pieces) * place // 4 for place in (1, 2, 3))]
    return [piece for start in starts for piece in pieces[start : start + part]]


def search(case: Case, flat: bool) -> Layout | None:
    """The layout with the lowest cost, found by climbing from the likeliest widths."""
    starts = sum(not piece.space for piece in case.pieces)
    merged = flat and sum(piece.width for piece in case.pieces) > _MERGED * starts
    base = Layout(width=NARROWEST, flat=flat, merged=merged)
    readings = [case.read(base._replace(width=width)) for width in likeliest_widths(case.pieces, base)]
    best = min(readings, key=lambda reading: reading.cost, default=None)
    # A document that was printed shows it at the likeliest widths, if not at the very best; a reading that costs a
    # nat more a piece is nonsense. (Without this, two thirds of the time of a clean document went into the search.)
    limit = best.cost + len(case.pieces) if best else 0.0
    if not best or all(one.cost > limit or one.breaks.count(SOFT) < LEAST for one in readings):
        return None
    if flat and not any(_has_hope(case, one) for one in readings):
        return None
    best = _climb(case, best)
    if flat and best.breaks.count(SOFT) < _SELDOM * len(case.pieces):
        return None
    for change in _peculiarities(case.pieces, best.layout.width, flat):
        layout = best.layout._replace(**change)
        widths = [layout.width]
        if layout.face != best.layout.face:
            widths += likeliest_widths(case.pieces, layout)[:1]
        for width in widths:
            reading = case.read(layout._replace(width=width))
            if reading.cost < best.cost + 3 * _SWITCH:
                reading = _climb(case, reading)
            if reading.cost + (_BLUR if "blur" in change else _SWITCH) < best.cost:
                best = reading
    return _with_other_measure(case, best).layout


def _has_hope(case: Case, reading: Reading) -> bool:
    """Whether a reading of spaces as line ends is not much dearer than that all of them are the author's.

    No climb makes up for more. Of 33 documents whose spaces were line ends, the worst was 16 nats dearer; of 306
    cases that came to nothing, mostly technical texts with a space beside every Latin word, six in seven are over 50
    or have no such breaks.
    """
    return reading.breaks.count(SOFT) > LEAST and case.null(reading.layout) - reading.cost > -_HOPELESS


def _with_other_measure(case: Case, best: Reading) -> Reading:
    """Add a second measure if the lines that do not fit the first pile up at another width."""
    pieces = case.pieces
    misfits = [
        piece
        for index, piece in enumerate(pieces)
        if not piece.space
        and piece.ends in "NM"
        and (index + 1 == len(pieces) or (best.breaks[index + 1] == HARD and best.slack[index + 1] > EARLY + 2))
    ]
    if len(misfits) < _FEW or best.layout.flat:
        return best
    for width in likeliest_widths(misfits, best.layout)[:2]:
        if width == best.layout.width:
            continue  # which explains no more, and takes as long as ten readings in one measure
        reading = case.read(best.layout._replace(other=width))
        if reading.cost + 3 * _SWITCH < best.cost:
            best = reading
    return best


def _climb(case: Case, best: Reading) -> Reading:
    """Follow the width, a cell or two at a time, while the cost falls."""
    for step in (1, -1, 2, -2):
        while _narrowest(best.layout) <= best.layout.width + step <= WIDEST:
            reading = case.read(best.layout._replace(width=best.layout.width + step))
            if reading.cost >= best.cost:
                break
            best = reading
    return best


def _peculiarities(pieces: Sequence[Piece], width: int, flat: bool) -> Iterator[dict[str, Any]]:
    """What else a layout may be, as far as these pieces can tell it apart: the fields to change together."""
    if any(piece.lead for piece in pieces):
        yield {"lead_counts": False}
    if any(piece.halves for piece in pieces):
        yield {"full_marks": True}
    latin = latin_share(pieces)
    if latin > 0.1:
        yield {"proportional": True}
        yield {"proportional": True, "condensed": True}
        # Where nearly all is Latin, what its letters are wider or narrower evens out.
        for blur in BLURRED if latin < ALL_LATIN else ():
            yield {"blur": blur}
    if flat and sum(not piece.space for piece in pieces) <= _FEW_STARTS:
        yield {"merged": True}
    if not flat and latin < ALL_LATIN:
        likely = sum(shards.looks_like(piece, width) for piece in pieces)
        for level in shards.LEVELS if likely >= _SHATTERED * len(pieces) else ():
            yield {"shards": level}
    items = any(piece.starts in "BL" for piece in pieces)
    for indent in (4, 2, 3):
        yield {"indent": indent, "list_indent": False}
        if items:
            yield {"indent": indent, "list_indent": True}


def likeliest_widths(pieces: Sequence[Piece], layout: Layout) -> list[int]:
    """The likeliest wrap widths: where the widths of the lines pile up with little beyond.

    Spaces between Latin letters are not candidate line ends here: counting them drowns the peak.
    """
    mass: defaultdict[int, float] = defaultdict(float)
    stretch = 0.0
    for index, piece in enumerate(pieces):
        stretch += layout.cells(piece)
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        if after and after.space and not (piece.wide_end and after.wide_start):
            stretch += 1
            continue
        mass[round(stretch)] += 0.35 if piece.ends == "T" else 1.0
        stretch = 0.0
    # Latin words leave the right edge ragged: no peak there, but an edge.
    narrowest = _narrowest(layout)
    widths = [*_peaks(mass, narrowest), _edge(mass, 0.02), _edge(mass, 0.1)]
    return [width for width in dict.fromkeys(widths) if narrowest <= width <= WIDEST]


def _narrowest(layout: Layout) -> int:
    """The narrowest measure to look for; stretches between spaces as short as a screen's lines are anybody's."""
    return NARROWEST if layout.flat else _SCREEN


def _edge(mass: Mapping[int, float], share: float) -> int:
    """The width that only ``share`` of the lines exceed."""
    left = share * sum(mass.values())
    for size in sorted(mass, reverse=True):
        left -= mass[size]
        if left < 0:
            return size
    return 0


# How the widths of full lines scatter below the wrap width: a Han character or a mark did not fit.
_BELOW = (1.0, 1.0, 0.8, 0.6, 0.3)


def _peaks(mass: Mapping[int, float], narrowest: int) -> list[int]:
    top = max(mass, default=0)
    beyond = [0.0] * (top + 4)
    for size in range(top, -1, -1):
        beyond[size] = beyond[size + 1] + mass.get(size, 0.0)
    score = {
        size: sum(weight * mass.get(size - step, 0.0) for step, weight in enumerate(_BELOW)) - 0.4 * beyond[size + 3]
        for size in range(narrowest, min(top, WIDEST) + 1)
    }
    chosen: list[int] = []
    for size in sorted(score, key=lambda size: -score[size]):
        if all(abs(size - other) > 2 for other in chosen):
            chosen.append(size)
        if len(chosen) == 3:
            break
    return chosen
