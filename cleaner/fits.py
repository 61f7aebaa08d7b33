"""Fits: how well lines fill the width of a layout, worked out once for all lines that are alike."""

from functools import cached_property
from math import log

from cleaner.measured import FREE, HANGS, Layout, Measured, Shape
from cleaner.pieces import Piece

# Lines of which it is remembered how they fit; in a proportional face hardly two are alike.
_KNOWN = 1 << 16
# Nats for a break at a space, by kind.
_SOFT_SPACE = 0.3
_HARD_SPACE = 8.0
_HARD_SPACE_MERGED = 2.0
# In a document whose line ends became spaces, a line end that is left is nearly always the author's.
SOFT_LINE_END = 5.0
_SOFT_CUT = 0.7


# Nats for each cell that a printer would have left free for nothing; more where a line holds fewer cells than this,
# because a telephone fills its lines exactly, and a heading comes near to filling one of them.
_EARLY, _NARROW = 0.9, 40.0


# Cells: beyond, a line is Latin throughout, where what letters are wider or narrower evens out.
_FUZZIEST = 2.0


def _soft_misfit(slack: float, token: float, fuzz: float, doubt: float, edge: int, early: float) -> float:
    """Nats against a printer ending a line with ``slack`` cells free before a token of that many cells.

    The greedy fill: a printer breaks where the next token no longer fits. A full line costs next to nothing, a
    line that is short by less than the token little; where the token would have fitted, the author ended the line.
    ``fuzz`` is by how many cells the slack may be wrong, ``doubt`` by how many it is likely to be; ``early`` are the
    nats for each cell that would have been left for nothing.
    """
    if edge == HANGS and -2 <= slack < 0:
        slack = 0.0
    if -(0.8 + 1.8 * fuzz) <= slack <= 0.8 + 0.8 * fuzz:
        return 0.7 + log(1 + doubt)
    places = log(token + 1 + doubt)  # at which the line may have ended, all as likely
    if slack < 0:
        return places + 2 + min(14.0, -1.5 * slack)
    if slack <= token + 0.3 + fuzz:
        return places + 0.7
    return places + 1.5 + min(14.0, early * (slack - token - doubt) / (1 + min(doubt, _FUZZIEST)))


def _hard_misfit(slack: float, fuzz: float, edge: int, spread: float) -> float:
    """Nats against an author ending a line with ``slack`` cells free: any place is as good.

    But the line must fit, if it was set to a width.
    """
    if edge == HANGS and -2 <= slack < 0:
        slack = 0.0
    if edge == FREE or slack >= -(0.8 + 1.8 * fuzz):
        return spread
    return spread + 2.5 + min(12.0, -slack)


def penalties(after: Piece, layout: Layout) -> tuple[float, float]:
    """What a soft and a hard break before ``after`` cost beside the evidence of marks and widths."""
    if after.space:
        return _SOFT_SPACE, _HARD_SPACE_MERGED if layout.merged else _HARD_SPACE
    if layout.flat:
        return (_SOFT_CUT if after.cut else SOFT_LINE_END), 0.0
    return 0.0, 0.0


class Fits:
    """What the widths say in one layout, worked out once for all lines that are alike."""

    def __init__(self, measured: Measured, layout: Layout) -> None:
        self.measured = measured
        self.layout = layout
        self.early = _EARLY * max(1.0, _NARROW / layout.width)
        self.spread = [log(width) - 0.5 for width in layout.measures]
        self.known: list[dict[tuple[float, int, int, int], tuple[float, float]]] = [{} for _ in layout.measures]
        """For each measure what :meth:`of_line` found."""

    @cached_property
    def penalties(self) -> list[tuple[float, float]]:
        """For each piece what a soft and a hard break before it cost beside the evidence of marks and widths."""
        kept: dict[tuple[float, float], tuple[float, float]] = {}  # of equal ones one is kept
        found = (penalties(piece, self.layout) for piece in self.measured.pieces)
        return [kept.setdefault(each, each) for each in found]

    def of_line(self, slack: float, token: int, latin: int, edge: int, measure: int = 0) -> tuple[float, float]:
        """The nats against a soft and a hard break behind a line with so many cells free, and so on."""
        asked = slack, token, latin, edge
        if asked not in self.known[measure]:
            if len(self.known[measure]) == _KNOWN:
                self.known[measure].clear()
            fuzz = self.layout.blur * latin
            doubt = fuzz if self.layout.rough else 0.0
            hard = _hard_misfit(slack, fuzz, edge, self.spread[measure])
            self.known[measure][asked] = _soft_misfit(slack, token, fuzz, doubt, edge, self.early), hard
        return self.known[measure][asked]

    @cached_property
    def of_shapes(self) -> list[tuple[float, float, float, float]]:
        """For each shape the nats against a soft and a hard break, if it is a first line and if it continues."""
        return [
            (*self._of_shape(shape, self.indent(shape.item)), *self._of_shape(shape, 0))
            for shape in self.measured.shapes(self.layout).kinds
        ]

    def _of_shape(self, shape: Shape, indent: int) -> tuple[float, float]:
        slack = self.layout.width - indent - shape.cells
        return self.of_line(slack, shape.token, shape.latin, shape.edge)

    def indent(self, item: int) -> int:
        """What the first line of a paragraph holds less."""
        return self.layout.indent if self.layout.list_indent or not item else 0
