"""Physical lines: the cheapest way to see printed lines of one width in a row of pieces."""

from collections.abc import Iterable, Iterator, Sequence
from math import inf, log
from typing import NamedTuple

from cleaner.evidence import Costs
from cleaner.pieces import NEVER_FIRST, Piece

INLINE, SOFT, HARD = "inline", "soft", "hard"


# Times sets lower case, digits and spaces a tenth narrower than the average face.
_CONDENSED = 0.12


class Layout(NamedTuple):
    """How a document was printed; widths in cells."""

    width: int
    """Wrap width."""
    other: int = 0
    """Wrap width of other parts (quotations, references, another page design); 0 if there are none."""
    indent: int = 0
    """White space before the first line of a paragraph that was lost: such a line holds so much less."""
    list_indent: bool = False
    """Whether list items were indented too."""
    lead_counts: bool = True
    """Whether the white space still there before a line is part of its width."""
    proportional: bool = False
    """Whether the Latin letters were set in a proportional face."""
    condensed: bool = False
    """Whether that face is a narrow one, as Times is beside Arial."""
    full_marks: bool = False
    """Whether half-width marks that stand for full-width ones took two cells."""
    flat: bool = False
    """Whether printed line ends became spaces."""
    merged: bool = False
    """Whether the paragraphs' line ends became spaces too: the text stands on a line or two."""
    shattered: bool = False
    """Whether the extractor broke justified lines at the spaces beside Latin words."""

    @property
    def measures(self) -> tuple[int, ...]:
        """The widths lines are set to."""
        return (self.width, self.other) if self.other else (self.width,)

    def cells(self, piece: Piece) -> float:
        """The width of ``piece`` in this layout."""
        cells = piece.width
        if self.proportional:
            cells += piece.surplus
            if self.condensed:
                cells -= _CONDENSED * (piece.latin + piece.surplus)
        if self.full_marks:
            cells += piece.halves
        if self.lead_counts and not piece.space:
            cells += piece.lead
        return cells


class Reading(NamedTuple):
    """A document read with a layout: what each candidate break is, and what that costs in nats."""

    layout: Layout
    cost: float
    breaks: list[str]
    """For each piece, what the break before it is; the first is hard."""
    first: list[bool]
    """For each piece, whether the line that ends before it is the first of its paragraph."""
    slack: list[float]
    """For each piece, how many cells were left free on the line that ends before it."""

    @classmethod
    def of_lines(cls, count: int) -> "Reading":
        """So many lines, each of which its author ended."""
        return cls(Layout(0), 0.0, [HARD] * count, [True] * count, [0.0] * count)

    def part(self, span: slice) -> "Reading":
        """The same of some of the pieces; the cost is left with the whole."""
        return Reading(self.layout, 0.0, self.breaks[span], self.first[span], self.slack[span])


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
_HARD_SPACE_MERGED = 2.0
# In a document whose line ends became spaces, a line end that is left is nearly always the author's.
_SOFT_LINE_END = 5.0
_SOFT_CUT = 0.7
# Two pieces on either side of removed material were one printed line; more if they do not fill it.
_INLINE_CUT = 3.0
_INLINE_CUT_NOT_FULL = 4.0

# A line that starts with a mark no line starts with: the extractor broke the printed line where the face changes.
_INLINE_MARK = 1.0

# The same for a justified line that the extractor broke at its stretched spaces. A justified line is full and its
# paragraph goes on, so any other sum is no such line; else every table cell and list of Latin terms would be glued.
_INLINE_SHARD = 5.0

# A change to another measure, at the start of a paragraph only.
_CHANGE = 5.0

_HANGING = "，。、；：！？）》」』】”’,.;:!?)"


def read(pieces: Sequence[Piece], costs: Costs, layout: Layout) -> Reading:
    """Find the cheapest reading of ``pieces`` as lines of ``layout``, by dynamic programming.

    State: a line starts before piece i, it is the first of its paragraph or continues one, and it is set to one of
    the layout's measures. Linear in the number of pieces, because a line holds only so many.
    """
    size = len(pieces)
    measures = layout.measures
    states = range(2 * len(measures))  # 2 * measure + (0 for a first line, 1 for one that continues)
    spread = [log(width) - 0.5 for width in measures]
    # A list for each state and not for each piece: a third of the memory, which is what limits large documents.
    best = [[inf] * (size + 1) for _ in states]
    back = [_Steps([0] * (size + 1), [0] * (size + 1), [0.0] * (size + 1)) for _ in states]
    firsts = states[::2]
    single = len(measures) == 1
    soft_marks = costs.soft
    hard_first, hard_continued = [*costs.hard_first, 0.0], [*costs.hard_continued, 0.0]
    cells = [layout.cells(piece) for piece in pieces]
    for state in firsts:
        best[state][0] = _CHANGE if state else 0.0
    for start, piece in enumerate(pieces):
        live = [(state, best[state][start]) for state in states if best[state][start] < inf]
        indent = layout.indent if layout.list_indent or piece.starts not in "BL" else 0
        lines: Iterable[tuple[int, float, int, float, int]]
        if start + 1 < size and (pieces[start + 1].joins or layout.shattered):
            lines = _lines_from(start, pieces, cells, costs, layout)
        else:  # as nearly always where line ends are newlines; that saves a third of the time
            lines = ((start + 1, cells[start], piece.latin, 0.0, 0),)
        for end, used, latin, inline, joint in lines:
            after = pieces[end] if end < size else None
            soft, hard = _penalties(after, layout) if after else (inf, 0.0)
            soft += soft_marks[end] if after else 0.0
            slack = inf
            for state, cost in live:
                measure, role = state >> 1, state & 1
                total = cost + inline
                going_on = total + soft
                ended = total + hard + (hard_continued if role else hard_first)[end]
                # The widths only add to these sums. Most lines that end here are dearer than a known one.
                may_go_on = going_on < best[state | 1][end]
                may_end = joint != _SHARDS and ended < (best[0][end] if single else max(best[0][end], best[2][end]))
                if not (may_end or may_go_on):
                    continue
                free = measures[measure] - (0 if role else indent) - used
                if free != slack:  # the same for first and continued lines, if first ones are not indented
                    slack = free
                    full = -2.5 <= slack <= 2.5 + 0.04 * latin
                    short = _INLINE_CUT_NOT_FULL if joint == _CUT and not full else 0.0
                    before = pieces[end - 1]
                    hangs = before.text[-1] in _HANGING
                    misfit_hard = _hard_misfit(slack, latin, hangs, spread[measure])
                    # The last line of a paragraph is short by right.
                    misfit_hard += 0.0 if before.ends == "T" else short
                    misfit_soft = _soft_misfit(slack, after.token, latin, hangs) + short if after else inf
                if joint == _SHARDS and not full:
                    continue
                if may_end:
                    ended += misfit_hard
                    for other in firsts:
                        price = ended if other >> 1 == measure else ended + _CHANGE
                        if price < best[other][end]:
                            best[other][end] = price
                            steps = back[other]
                            steps.starts[end], steps.states[end], steps.slack[end] = start, state, slack
                if may_go_on and going_on + misfit_soft < best[state | 1][end]:
                    best[state | 1][end] = going_on + misfit_soft
                    steps = back[state | 1]
                    steps.starts[end], steps.states[end], steps.slack[end] = start, state, slack
    return _trace(pieces, layout, [costs[size] for costs in best], back)


class _Steps(NamedTuple):
    """For each piece, the last line of the cheapest reading up to it."""

    starts: list[int]
    states: list[int]
    slack: list[float]


def weigh(reading: Reading, pieces: Sequence[Piece], index: int) -> tuple[float, float]:
    """What the width of the line that ends before piece ``index`` says against a soft and a hard break, in nats.

    These are the terms that :func:`read` adds for it, without what follows for the other lines.
    """
    start = max(each for each in range(index) if reading.breaks[each] != INLINE)
    latin = sum(piece.latin for piece in pieces[start:index])
    hangs = pieces[index - 1].text[-1] in _HANGING
    slack, after = reading.slack[index], pieces[index]
    soft, hard = _penalties(after, reading.layout)
    return (
        soft + _soft_misfit(slack, after.token, latin, hangs),
        hard + _hard_misfit(slack, latin, hangs, log(reading.layout.width) - 0.5),
    )


_CUT, _SHARDS = 1, 2


def _lines_from(
    start: int, pieces: Sequence[Piece], cells: Sequence[float], costs: Costs, layout: Layout
) -> Iterator[tuple[int, float, int, float, int]]:
    """The lines that may start with piece ``start``.

    Of each: where it ends (exclusive), its cells, how many of its characters are narrow, what its inside costs, and
    whether it is put together over a cut or out of shards.
    """
    size = len(pieces)
    reach = 1.1 * max(layout.measures) + 6
    used = inline = 0.0
    latin = joint = 0
    end = start
    while True:
        piece = pieces[end]
        used += cells[end]
        latin += piece.latin
        end += 1
        yield end, used, latin, inline, joint
        if end == size or used > reach:
            return
        after = pieces[end]
        cost = inline_cost(piece, after)
        if cost == inf:
            if not (layout.shattered and _shard(piece, after)):
                return
            cost = _INLINE_SHARD
            joint = _SHARDS
            used += 1
        elif after.space:
            used += 1
        elif not joint and after.cut:
            joint = _CUT
        inline += cost + costs.soft[end]  # the marks beside it are those of a soft break: it falls blindly


def _penalties(after: Piece, layout: Layout) -> tuple[float, float]:
    """What a soft and a hard break before ``after`` cost beside the evidence of marks and widths."""
    if after.space:
        return _SOFT_SPACE, _HARD_SPACE_MERGED if layout.merged else _HARD_SPACE
    if layout.flat:
        return (_SOFT_CUT if after.cut else _SOFT_LINE_END), 0.0
    return 0.0, 0.0


def inline_cost(before: Piece, after: Piece) -> float:
    """What it costs that no printed line ended between two pieces."""
    if after.space:
        if before.wide_end and after.wide_start:
            return _INLINE_SPACE[2]
        return _INLINE_SPACE[before.wide_end or after.wide_start]
    if _broken_at_mark(before, after):
        return _INLINE_MARK
    if after.cut and before.ends != "T" and after.lead == 0 and after.starts not in "BL":
        return _INLINE_CUT
    return inf


_PAIRS = dict(zip("）》〉」』】〕", "（《〈「『【〔", strict=True))


def _broken_at_mark(before: Piece, after: Piece) -> bool:
    """Whether the next line starts with a mark no line starts with; a closing bracket must have its opening one."""
    first = after.text[0]
    if first not in NEVER_FIRST or after.blanks > 1 or after.cut or before.rigid:
        return False
    opening = _PAIRS.get(first)
    return opening is None or before.text.count(opening) > before.text.count(first)


def _shard(before: Piece, after: Piece) -> bool:
    """Whether the extractor may have broken a full line here, in mid-sentence: at a change of face.

    That is at the space beside a Latin word, which justification stretched, or beside a mark.
    """
    beside_latin = not (before.wide_end and after.wide_start) and before.ends in "NMH"
    return (
        (beside_latin or (before.ends in "MQU" and after.starts in "QK"))
        and after.starts in "OlQK"
        and after.lead == 0
        and after.blanks <= 1
        and not after.cut
    )


def _trace(
    pieces: Sequence[Piece], layout: Layout, ends: list[float], back: Sequence[_Steps]
) -> Reading:
    size = len(pieces)
    breaks = [INLINE] * size
    first = [False] * size
    slack = [0.0] * size
    state = min(range(0, len(ends), 2), key=lambda state: ends[state])
    cost = ends[state]
    end = size
    while end:
        start, before, free = back[state].starts[end], back[state].states[end], back[state].slack[end]
        if end < size:
            breaks[end] = SOFT if state & 1 else HARD
            first[end] = not before & 1
            slack[end] = free
        end, state = start, before
    breaks[0] = HARD
    return Reading(layout, cost, breaks, first, slack)
