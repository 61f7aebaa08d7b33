"""Physical lines: the cheapest way to see printed lines of one width in a row of pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log

from cleaner.evidence import Costs
from cleaner.pieces import Piece

INLINE, SOFT, HARD = "inline", "soft", "hard"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document was printed; widths in cells."""

    width: int
    """Wrap width."""
    indent: int = 0
    """White space before the first line of a paragraph that was lost: such a line holds so much less."""
    list_indent: bool = False
    """Whether list items were indented too."""
    lead_counts: bool = True
    """Whether the white space still there before a line is part of its width."""
    proportional: bool = False
    """Whether the Latin letters were set in a proportional face."""
    full_marks: bool = False
    """Whether half-width marks that stand for full-width ones took two cells."""
    flat: bool = False
    """Whether printed line ends became spaces."""
    shattered: bool = False
    """Whether the extractor broke justified lines at the spaces beside Latin words."""

    def cells(self, piece: Piece) -> float:
        """The width of ``piece`` in this layout."""
        cells = piece.width
        if self.proportional:
            cells += piece.surplus
        if self.full_marks:
            cells += piece.halves
        if self.lead_counts and not piece.space:
            cells += piece.lead
        return cells


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read with a layout: what each candidate break is, and what that costs in nats."""

    layout: Layout
    cost: float
    breaks: list[str]
    """For each piece, what the break before it is; the first is hard."""
    first: list[bool]
    """For each piece, whether the line that ends before it is the first of its paragraph."""
    slack: list[float]
    """For each piece, how many cells were left free on the line that ends before it."""


def _soft_misfit(slack: float, token: float, latin: int, hangs: bool) -> float:
    """Nats against a printer ending a line with ``slack`` cells free before a token of that many cells.

    The greedy fill: a printer breaks where the next token no longer fits. A full line costs next to nothing, a
    line that is short by less than the token little; where the token would have fitted, the author ended the line.
    """
    if hangs and -2 <= slack < 0:
        slack = 0.0
    if slack < -(0.8 + 0.07 * latin):
        return log(token + 1) + 2 + min(14.0, -1.5 * slack)
    if slack <= 0.8 + 0.03 * latin:
        return 0.7
    if slack <= token + 0.3 + 0.04 * latin:
        return log(token + 1) + 0.7
    return log(token + 1) + 1.5 + min(14.0, 0.9 * (slack - token))


def _hard_misfit(slack: float, latin: int, hangs: bool, spread: float) -> float:
    """Nats against an author ending a line with ``slack`` cells free: any place is as good, but it must fit."""
    if hangs and -2 <= slack < 0:
        slack = 0.0
    if slack >= -(0.8 + 0.07 * latin):
        return spread
    return spread + 2.5 + min(12.0, -slack)


# A space inside a line, by how many of the characters beside it are wide: between Han it hardly ever is the
# author's, between Latin words it always is.
_INLINE_SPACE = (0.1, 0.4, 3.5)
_SOFT_SPACE = 0.3
_HARD_SPACE = 8.0
# In a document whose line ends became spaces, a line end that is left is nearly always the author's.
_SOFT_LINE_END = 5.0
_SOFT_CUT = 0.7
# Two pieces on either side of removed material were one printed line; more if they do not fill it.
_INLINE_CUT = 3.0
_INLINE_CUT_NOT_FULL = 4.0

# The same for a justified line that the extractor broke at its stretched spaces. A justified line is full and its
# paragraph goes on, so any other sum is no such line; else every table cell and list of Latin terms would be glued.
_INLINE_SHARD = 5.0

_HANGING = "，。、；：！？）》」』】”’,.;:!?)"


def read(pieces: Sequence[Piece], costs: Costs, layout: Layout) -> Reading:
    """Find the cheapest reading of ``pieces`` as lines of ``layout``, by dynamic programming.

    State: a line starts before piece i and is the first of its paragraph or continues one. Linear in the
    number of pieces, because a line holds only so many.
    """
    size = len(pieces)
    cells = [layout.cells(piece) for piece in pieces]
    spread = log(layout.width) - 0.5
    reach = 1.1 * layout.width + 6
    best = [[inf, inf] for _ in range(size + 1)]  # [first, continued]
    best[0][0] = 0.0
    back: list[list[tuple[int, int, float]]] = [[(0, 0, 0.0), (0, 0, 0.0)] for _ in range(size + 1)]
    for start in range(size):
        piece = pieces[start]
        indented = layout.indent and (layout.list_indent or piece.starts not in "BL")
        for role in (0, 1):
            cost = best[start][role]
            if cost == inf:
                continue
            capacity = layout.width - (layout.indent if indented and role == 0 else 0)
            used = 0.0
            latin = 0
            cut_inside = shards = False
            end = start
            while True:
                used += cells[end]
                latin += pieces[end].latin
                end += 1
                slack = capacity - used
                hangs = pieces[end - 1].text[-1] in _HANGING
                full = -2.5 <= slack <= 2.5 + 0.04 * latin
                extra = 0.0 if full or not cut_inside else _INLINE_CUT_NOT_FULL
                if end == size:
                    total = cost + extra + _hard_misfit(slack, latin, hangs, spread)
                    if total < best[end][0]:
                        best[end][0] = total
                        back[end][0] = (start, role, slack)
                    break
                after = pieces[end]
                soft, hard = _penalties(after, layout)
                total = cost + extra + hard + _hard_misfit(slack, latin, hangs, spread)
                total += costs.hard_continued[end] if role else costs.hard_first[end]
                if total < best[end][0] and not shards:
                    best[end][0] = total
                    back[end][0] = (start, role, slack)
                total = cost + extra + soft + costs.soft[end] + _soft_misfit(slack, after.token, latin, hangs)
                if total < best[end][1] and (full or not shards):
                    best[end][1] = total
                    back[end][1] = (start, role, slack)
                inline = inline_cost(pieces[end - 1], after)
                if inline == inf and layout.shattered and _shard(pieces[end - 1], after):
                    inline = _INLINE_SHARD
                    shards = True
                    used += 1
                if inline == inf or used > reach:
                    break
                cost += inline + costs.soft[end]  # the marks beside it are those of a soft break: it falls blindly
                if after.space:
                    used += 1
                elif after.cut:
                    cut_inside = True
    return _trace(pieces, layout, best[size][0], back)


def _penalties(after: Piece, layout: Layout) -> tuple[float, float]:
    """What a soft and a hard break before ``after`` cost beside the evidence of marks and widths."""
    if after.space:
        return _SOFT_SPACE, _HARD_SPACE
    if layout.flat:
        return (_SOFT_CUT if after.cut else _SOFT_LINE_END), 0.0
    return 0.0, 0.0


def inline_cost(before: Piece, after: Piece) -> float:
    """What it costs that no printed line ended between two pieces."""
    if after.space:
        if before.wide_end and after.wide_start:
            return _INLINE_SPACE[2]
        return _INLINE_SPACE[before.wide_end or after.wide_start]
    if after.cut and before.ends != "T" and after.lead == 0 and after.starts not in "BL":
        return _INLINE_CUT
    return inf


def _shard(before: Piece, after: Piece) -> bool:
    """Whether a justified line may have been broken here: at a space beside Latin, in mid-sentence."""
    return (
        not (before.wide_end and after.wide_start)
        and before.ends in "NMH"
        and after.starts in "OlQK"
        and after.lead == 0
        and after.blanks <= 1
        and not after.cut
    )


def _trace(pieces: Sequence[Piece], layout: Layout, cost: float, back: list[list[tuple[int, int, float]]]) -> Reading:
    size = len(pieces)
    breaks = [INLINE] * size
    first = [False] * size
    slack = [0.0] * size
    end, role = size, 0
    while end:
        start, start_role, free = back[end][role]
        if end < size:
            breaks[end] = SOFT if role else HARD
            first[end] = start_role == 0
            slack[end] = free
        end, role = start, start_role
    breaks[0] = HARD
    return Reading(layout, cost, breaks, first, slack)
