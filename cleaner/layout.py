"""How a document was printed, inferred from the whole of it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import log

from cleaner import evidence
from cleaner.draft import Draft
from cleaner.physical import HARD, INLINE, SOFT, Layout, Reading, read
from cleaner.pieces import Piece, of_lines, split_at_spaces

# A narrower measure is a list or verse, not a printed page.
_NARROWEST = 22
_SAMPLE = 400
_GAIN = 6.0


class Case:
    """The pieces of a document (or a sample of it) with all that does not depend on the layout."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        leads = Counter(piece.lead for piece in pieces if not piece.space)
        self.base_lead = min(lead for lead, count in leads.items() if count >= 0.2 * leads.total()) if leads else 0
        self.habits = evidence.interior(pieces)
        self.joined = evidence.words_across(pieces)
        self.costs = evidence.costs(pieces, self.habits, self.joined, self.base_lead)

    def read(self, layout: Layout) -> Reading:
        """Read twice: first with what is usual, then with what the first reading showed of this document."""
        reading = read(self.pieces, self.costs, layout)
        habits = evidence.relearn(
            self.pieces, [kind == HARD for kind in reading.breaks], reading.first, self.habits, self.base_lead
        )
        return read(self.pieces, evidence.costs(self.pieces, habits, self.joined, self.base_lead), layout)

    def null(self, layout: Layout) -> float:
        """What it costs to take every line end for the author's and every space too, habits relearnt for that."""
        hard = [not piece.space for piece in self.pieces]
        habits = evidence.relearn(self.pieces, hard, [True] * len(hard), self.habits, self.base_lead)
        costs = evidence.costs(self.pieces, habits, self.joined, self.base_lead)
        spread = log(layout.width) - 0.5
        total = spread
        from cleaner.physical import _inline
        for index in range(1, len(hard)):
            if hard[index]:
                total += costs.hard_first[index] + spread
            else:
                total += costs.soft[index] + _inline(self.pieces[index - 1], self.pieces[index], layout)
        return total


def candidates(pieces: Sequence[Piece], layout: Layout) -> list[int]:
    """The likeliest wrap widths: where the widths of the lines pile up with little beyond."""
    mass: Counter[int] = Counter()
    for piece in pieces:
        mass[round(layout.cells(piece))] += 0.35 if piece.ends == "T" else 1.0
    return _peaks(mass)


def _peaks(mass: Counter[int]) -> list[int]:
    above: dict[int, float] = {}
    total = 0.0
    top = max(mass, default=0)
    for size in range(top, 0, -1):
        above[size] = total
        total += mass[size]
    shape = (1, 1, 0.8, 0.6, 0.3)
    score = {
        size: sum(weight * mass[size - step] for step, weight in enumerate(shape)) - 0.4 * above.get(size + 2, 0.0)
        for size in range(_NARROWEST, top + 1)
    }
    best = sorted(score, key=lambda size: -score[size])
    chosen: list[int] = []
    for size in best:
        if all(abs(size - other) > 2 for other in chosen):
            chosen.append(size)
        if len(chosen) == 3:
            break
    return chosen


def climb(case: Case, start: Reading, moves: Iterable[dict[str, object]] = ()) -> Reading:
    best = start
    tried = {start.layout}
    improved = True
    while improved:
        improved = False
        layout = best.layout
        options = [replace(layout, width=layout.width + step) for step in (-1, 1, -2, 2)]
        options += [replace(layout, indent=indent) for indent in (0, 2, 3, 4) if indent != layout.indent]
        options += [
            replace(layout, list_indent=not layout.list_indent, width=layout.width + step) for step in (0, 2, 4) if layout.indent
        ]
        options += [replace(layout, lead_counts=not layout.lead_counts)]
        options += [replace(layout, proportional=not layout.proportional)]
        options += [replace(layout, full_marks=not layout.full_marks)]
        options += [replace(layout, full_marks=not layout.full_marks, width=layout.width+1)]
        for option in options:
            if option in tried or option.width < _NARROWEST:
                continue
            tried.add(option)
            reading = case.read(option)
            if reading.cost + _PENALTY * 0 < best.cost - 1.0:
                best = reading
                improved = True
    return best

_PENALTY = 0

_HAN_SPACE = re.compile(r"[ \u3000]+")


def infer(draft: Draft) -> tuple[Reading | None, Sequence[Piece]]:
    """Read ``draft`` in the layout that explains it best, or None if nothing shows that a printer broke its lines."""
    lines = of_lines(draft)
    if len(lines) < 2:
        return None, lines
    results: list[tuple[float, Reading, Sequence[Piece]]] = []
    for flat in (False, True):
        pieces: Sequence[Piece] = split_at_spaces(draft, lines, 30) if flat else lines
        if flat and len(pieces) == len(lines):
            continue
        case = Case(pieces)
        base = Layout(width=60, flat=flat)
        if flat:
            mass: Counter[int] = Counter()
            for line in lines:
                width = 0.0
                stretch = 0
                start = line.start
                run = [piece for piece in pieces if line.start <= piece.start < line.end] if False else None
            widths = _stretches(pieces)
            mass.update(widths)
            widths_c = _peaks(mass)
        else:
            widths_c = candidates(pieces, base)
        best: Reading | None = None
        for width in widths_c:
            reading = climb(case, case.read(replace(base, width=width)))
            if best is None or reading.cost < best.cost:
                best = reading
        if best:
            gain = case.null(best.layout) - best.cost
            results.append((gain, best, pieces))
    if not results:
        return None, lines
    gain, best, pieces = max(results, key=lambda item: item[0])
    if gain < _GAIN:
        return None, lines
    return best, pieces


def _stretches(pieces: Sequence[Piece]) -> Counter[int]:
    """Widths of the stretches between spaces that have a wide character on both sides."""
    mass: Counter[int] = Counter()
    total = 0.0
    for before, after in pairwise(pieces):
        total += before.width
        if after.space and not (before.wide_end and after.wide_start):
            total += 1
            continue
        mass[round(total)] += 0.35 if before.ends == "T" else 1.0
        total = 0.0
    return mass
