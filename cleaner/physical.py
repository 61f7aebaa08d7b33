"""Physical lines: the cheapest way to see printed lines of one width in a row of pieces."""

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import NamedTuple

from cleaner import shards
from cleaner.evidence import Weights
from cleaner.fits import SOFT_LINE_END, Fits, penalties
from cleaner.measured import CUT, SHARDS, SPACE, Layout, Measured, edge
from cleaner.pieces import Piece

INLINE, SOFT, HARD = "inline", "soft", "hard"


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


# Nats more for a line put together over a cut that does not fill the width.
_INLINE_CUT_NOT_FULL = 4.0

# Cells: so near to a measure a line is a full one.
_FULL = 2.5

# A change to another measure, at the start of a paragraph only.
_CHANGE = 5.0


def read(fits: Fits, costs: Sequence[Weights]) -> Reading:
    """Find the cheapest reading of the pieces as lines of a layout, by dynamic programming.

    State: a line starts before piece i, it is the first of its paragraph or continues one, and it is set to one of
    the layout's measures. Linear in the number of pieces, because a line holds only so many. :func:`_in_measures` can
    read any layout; the two others do the same where there is less to choose, in a quarter of the time.
    """
    measured, layout = fits.measured, fits.layout
    size = len(measured.pieces)
    steps = _Steps(size, len(layout.measures))
    if layout.other or layout.shards:
        _in_measures(steps, fits, costs)
        return _trace(steps, fits)
    rows = [_END] * (size + 1)
    start = 0
    while start < size:
        # Where line ends are newlines each piece is a line, but for a few.
        stop = _before_next(1, measured.joins, start, size - 1)
        if stop > start:
            _one_by_one(steps, range(start, stop), fits, costs)
            start = stop
            continue
        stop = _before_next(0, measured.joins, start, size)
        rows[start + 1 : min(stop + 2, size)] = _rows(fits, costs, start + 1, min(stop + 2, size))
        while start < stop:  # a line that ends further on must be weighed against those from all pieces it passes
            start, stop = stop, _together(steps, range(start, stop), fits, rows)
    return _trace(steps, fits)


def _before_next(mark: int, joins: bytes, start: int, otherwise: int) -> int:
    """The piece before the first one behind ``start`` of which ``joins`` has this mark."""
    found = joins.find(mark, start + 1)
    return otherwise if found < 0 else found - 1


class _Steps:
    """For each state and each piece, the cheapest reading up to there: what it costs and the last line of it."""

    __slots__ = ("costs", "lengths", "states")

    def __init__(self, size: int, measures: int) -> None:
        # A list for each state and not for each piece: a third of the memory, which is what limits large documents.
        # The states are 2 * measure + (0 for a first line, 1 for one that continues).
        self.costs = [[inf] * (size + 1) for _ in range(2 * measures)]
        self.lengths = [[1] * (size + 1) for _ in self.costs]
        """How many pieces that line has."""
        self.states = [bytearray(size + 1) for _ in self.costs]
        """The state it started in."""
        for measure in range(measures):
            self.costs[2 * measure][0] = _CHANGE if measure else 0.0


def _one_by_one(steps: _Steps, starts: range, fits: Fits, costs: Sequence[Weights]) -> None:
    """Read the pieces of ``starts``, each of which is a line, on from the first; there is one measure."""
    at = fits.measured.shapes(fits.layout).at
    line_end = SOFT_LINE_END if fits.layout.flat else 0.0
    first, continued = steps.costs[0][starts.start], steps.costs[1][starts.start]
    ended_from: list[bool] = []
    went_on_from: list[bool] = []
    lines = map(fits.of_shapes.__getitem__, at[starts.start : starts.stop])
    for (soft, hard_first, hard_continued), (soft_fit, hard_fit, soft_fit_continued, hard_fit_continued) in zip(
        costs[starts.start + 1 : starts.stop + 1], lines, strict=True
    ):
        soft += line_end
        ended, ended_continued = first + hard_first + hard_fit, continued + hard_continued + hard_fit_continued
        went_on, went_on_continued = first + soft + soft_fit, continued + soft + soft_fit_continued
        ended_from.append(ended_continued < ended)
        went_on_from.append(went_on_continued < went_on)
        first = ended_continued if ended_continued < ended else ended
        continued = went_on_continued if went_on_continued < went_on else went_on
    steps.costs[0][starts.stop], steps.costs[1][starts.stop] = first, continued
    steps.states[0][starts.start + 1 : starts.stop + 1] = bytes(ended_from)
    steps.states[1][starts.start + 1 : starts.stop + 1] = bytes(went_on_from)


# Of a candidate break: what it costs if it is soft; if it is hard, without and with the marks after a first line and
# after one that continues; the cells of the token behind it; what it costs that a line runs on over it, and what lies
# there then: CUT, SPACE or 0. Read in one go, as a tuple, because it is asked for every line that could end there.
_Row = tuple[float, float, float, float, int, float, int]


_END: _Row = (inf, 0.0, 0.0, 0.0, 0, inf, 0)


def _rows(fits: Fits, costs: Sequence[Weights], start: int, stop: int) -> list[_Row]:
    """The rows of the breaks before pieces ``start`` to ``stop`` (exclusive)."""
    measured = fits.measured
    columns = (costs, fits.penalties, measured.tokens, measured.inline, measured.marked, measured.joints)
    return [
        # The marks are those of a soft break, which falls blindly; but not before one that starts no line.
        (soft + more, hard, hard_first, hard_continued, token, inside if marked else inside + soft, joint)
        for (soft, hard_first, hard_continued), (more, hard), token, inside, marked, joint in zip(
            *(column[start:stop] for column in columns), strict=True
        )
    ]


def _together(steps: _Steps, starts: range, fits: Fits, rows: Sequence[_Row]) -> int:
    """Try every line from each piece of ``starts`` on; where the furthest of them ends. There is one measure."""
    measured, layout, known = fits.measured, fits.layout, fits.known[0].get
    pieces, all_latin, edges, cells = measured.pieces, measured.latin, measured.edges, measured.cells(layout)
    (ended, went_on), (ended_lengths, went_on_lengths) = steps.costs, steps.lengths
    ended_states, went_on_states = steps.states
    width, reach = layout.width, _reach(layout)
    furthest = starts.stop
    for start in starts:
        first, continued = from_first, from_continued = ended[start], went_on[start]
        indent = fits.indent(measured.items[start])
        used = inline = 0.0
        latin = 0
        cut = False
        end = start
        while True:
            used += cells[end]
            latin += all_latin[end]
            over = edges[end]
            end += 1
            soft, hard, hard_first, hard_continued, token, inside, joint = rows[end]
            slack = width - used
            fit = first_fit = known((slack, token, latin, over)) or fits.of_line(slack, token, latin, over)
            if indent:
                less = slack - indent
                first_fit = known((less, token, latin, over)) or fits.of_line(less, token, latin, over)
            if cut:
                last = pieces[end - 1].ends == "T"
                fit = _over_cut(fit, slack, layout.blur * latin, last)
                first_fit = _over_cut(first_fit, slack - indent, layout.blur * latin, last)
            price, other_price = first + soft + first_fit[0], continued + soft + fit[0]
            state = other_price < price
            if state:
                price = other_price
            if price < went_on[end]:
                went_on[end], went_on_lengths[end], went_on_states[end] = price, end - start, state
            price, other_price = first + hard + hard_first + first_fit[1], continued + hard + hard_continued + fit[1]
            state = other_price < price
            if state:
                price = other_price
            if price < ended[end]:
                ended[end], ended_lengths[end], ended_states[end] = price, end - start, state
            if used > reach or inside == inf:
                break
            if joint == SPACE:
                used += 1
            elif joint == CUT:
                cut = True
            inline += inside
            first, continued = from_first + inline, from_continued + inline
        if end > furthest:
            furthest = end
    return furthest


def _over_cut(fit: tuple[float, float], slack: float, fuzz: float, last: bool) -> tuple[float, float]:
    """The nats ``fit`` of a line put together over a cut: it should be full, or the last one of a paragraph."""
    if -2.5 <= slack <= 2.5 + fuzz:
        return fit
    return fit[0] + _INLINE_CUT_NOT_FULL, fit[1] + (0.0 if last else _INLINE_CUT_NOT_FULL)


def _in_measures(steps: _Steps, fits: Fits, costs: Sequence[Weights]) -> None:
    """Try every line from each piece on, in each measure, shattered or not."""
    layout, measured = fits.layout, fits.measured
    pieces, tokens, all_latin, cells = measured.pieces, measured.tokens, measured.latin, measured.cells(layout)
    size = len(pieces)
    best = steps.costs
    measures = layout.measures
    single = len(measures) == 1
    for start in range(size):
        live = [(state, costs[start]) for state, costs in enumerate(best) if costs[start] < inf]
        indent = fits.indent(measured.items[start])
        lines: Iterable[tuple[int, float, int, float, int]]
        if start + 1 < size and (measured.joins[start + 1] or layout.shards):
            lines = _lines_from(start, fits, costs)
        else:
            lines = ((start + 1, cells[start], all_latin[start], 0.0, 0),)
        for end, used, latin, inline, joint in lines:
            if end < size:
                soft, hard_first, hard_continued = costs[end]
                token = tokens[end]
                more_soft, hard = fits.penalties[end]
                soft += more_soft
            else:
                soft, hard_first, hard_continued, token, hard = inf, 0.0, 0.0, 0, 0.0
            slack = inf
            for state, cost in live:
                measure, role = state >> 1, state & 1
                total = cost + inline
                going_on = total + soft
                ended = total + hard + (hard_continued if role else hard_first)
                # The widths only add to these sums. Most lines that end here are dearer than a known one.
                may_go_on = going_on < best[state | 1][end]
                may_end = ended < (best[0][end] if single else max(best[0][end], best[2][end]))
                if joint == SHARDS and pieces[end - 1].ends != "T":
                    may_end = False
                if not (may_end or may_go_on):
                    continue
                free = measures[measure] - (0 if role else indent) - used
                if free != slack:  # the same for first and continued lines, if first ones are not indented
                    slack = free
                    full = -_FULL <= slack <= _FULL + layout.blur * latin
                    over = measured.edges[end - 1]
                    misfit_soft, misfit_hard = fits.of_line(slack, token, latin, over, measure)
                    if joint == CUT and not full:
                        misfit_soft += _INLINE_CUT_NOT_FULL
                        # The last line of a paragraph is short by right.
                        misfit_hard += 0.0 if pieces[end - 1].ends == "T" else _INLINE_CUT_NOT_FULL
                if joint == SHARDS and not (full and slack >= -1 - layout.blur * latin):
                    # A justified line is full, any other sum is none but the last line of a paragraph: else every
                    # cell of a table and every list of Latin terms would be glued.
                    may_go_on = False
                    may_end = may_end and role == 1
                    ended += _INLINE_CUT_NOT_FULL
                if may_end:
                    ended += misfit_hard
                    for other in range(0, len(best), 2):
                        price = ended if other >> 1 == measure else ended + _CHANGE
                        if price < best[other][end]:
                            best[other][end] = price
                            steps.lengths[other][end], steps.states[other][end] = end - start, state
                if may_go_on and going_on + misfit_soft < best[state | 1][end]:
                    best[state | 1][end] = going_on + misfit_soft
                    steps.lengths[state | 1][end], steps.states[state | 1][end] = end - start, state


def is_hard_anyway(fits: Fits, costs: Sequence[Weights], index: int, more: float) -> bool:
    """Whether the break before piece ``index`` is hard in the cheapest reading even if that costs ``more`` nats more.

    It is told only where each piece is a line, and not at the ends of the document.
    """
    measured = fits.measured
    if fits.layout.other or fits.layout.shards or not 1 < index < len(measured.pieces) - 1:
        return False
    if any(measured.joins[index - 1 : index + 2]):
        return False
    at, line_end = measured.shapes(fits.layout).at, SOFT_LINE_END if fits.layout.flat else 0.0
    soft, hard_first, hard_continued = costs[index]
    soft_fit, hard_fit, soft_fit_continued, hard_fit_continued = fits.of_shapes[at[index - 1]]
    gain = min(soft_fit - hard_first - hard_fit, soft_fit_continued - hard_continued - hard_fit_continued)
    gain += soft + line_end - more
    # What the next line costs more because it is the first of its paragraph. Whatever follows that line is the same.
    _, hard_first, hard_continued = costs[index + 1]
    soft_fit, hard_fit, soft_fit_continued, hard_fit_continued = fits.of_shapes[at[index]]
    return gain > max(soft_fit - soft_fit_continued, hard_first + hard_fit - hard_continued - hard_fit_continued)


def weigh(reading: Reading, pieces: Sequence[Piece], index: int) -> tuple[float, float]:
    """What the width of the line that ends before piece ``index`` says against a soft and a hard break, in nats.

    These are the terms that :func:`read` adds for it, without what follows for the other lines.
    """
    start = max(each for each in range(index) if reading.breaks[each] != INLINE)
    latin = sum(piece.latin for piece in pieces[start:index])
    slack, after = reading.slack[index], pieces[index]
    soft, hard = penalties(after, reading.layout)
    over = edge(pieces[index - 1])
    soft_fit, hard_fit = Fits(Measured(()), reading.layout).of_line(slack, after.token, latin, over)
    return soft + soft_fit, hard + hard_fit


def _lines_from(start: int, fits: Fits, costs: Sequence[Weights]) -> Iterator[tuple[int, float, int, float, int]]:
    """The lines that may start with piece ``start``.

    Of each: where it ends (exclusive), its cells, how many of its characters are narrow, what its inside costs, and
    whether it is put together over a cut or out of shards.
    """
    measured, layout = fits.measured, fits.layout
    pieces, cells = measured.pieces, measured.cells(layout)
    size = len(pieces)
    reach = _reach(layout)
    used = inline = 0.0
    latin = joint = 0
    end = start
    while True:
        used += cells[end]
        latin += measured.latin[end]
        end += 1
        yield end, used, latin, inline, joint
        if end == size or used > reach:
            return
        cost = measured.inline[end]
        if cost == inf and layout.shards and not _fills(layout, cells[end]):
            cost = shards.price(pieces[end - 1], pieces[end], layout.shards, costs[end].soft)
            joint = SHARDS
        elif not measured.marked[end]:
            cost += costs[end].soft  # see _rows
            if not (joint or pieces[end].space) and pieces[end].cut:
                joint = CUT
        if cost == inf:
            return
        used += _between(measured, end)
        inline += cost


def _reach(layout: Layout) -> float:
    """The cells beyond which no further piece is put on a line."""
    return 1.1 * max(layout.measures) + 6


def _fills(layout: Layout, cells: float) -> bool:
    """Whether a piece fills a line by itself, so that it is no part of one."""
    return any(abs(measure - cells) <= _FULL for measure in layout.measures)


def _between(measured: Measured, index: int) -> int:
    """Cells of the space before a piece that stands on the line of the one before."""
    if measured.inline[index] == inf:
        return shards.gap(measured.pieces[index - 1], measured.pieces[index])
    return int(measured.pieces[index].space)


def _trace(steps: _Steps, fits: Fits) -> Reading:
    measured, layout = fits.measured, fits.layout
    size = len(measured.pieces)
    breaks = [INLINE] * size
    first = [False] * size
    slack = [0.0] * size
    state = min(range(0, len(steps.costs), 2), key=lambda state: steps.costs[state][size])
    cost = steps.costs[state][size]
    cells, measures = measured.cells(layout), layout.measures
    lengths, states = steps.lengths, steps.states
    end = size
    while end:
        length, before = lengths[state][end], states[state][end]
        start = end - length
        if end < size:
            breaks[end] = SOFT if state & 1 else HARD
            first[end] = not before & 1
            used = cells[start]
            if length > 1:
                for index in range(start + 1, end):
                    used += _between(measured, index)
                    used += cells[index]
            free = measures[before >> 1]
            if layout.indent and not before & 1:
                free -= fits.indent(measured.items[start])
            slack[end] = free - used
        end, state = start, before
    breaks[0] = HARD
    return Reading(layout, cost, breaks, first, slack)
