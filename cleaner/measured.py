"""Layouts, and pieces as the columns of numbers that a search for printed lines needs, made once for all layouts."""

from collections.abc import Sequence
from functools import cached_property
from math import inf
from typing import NamedTuple

from cleaner.pieces import NEVER_FIRST, Piece

# Times sets lower case, digits and spaces a tenth narrower than the average face.
_CONDENSED = 0.12
SHARP = 0.04
"""The blur of letters of one face, in cells for each."""
BLURRED = (0.1, 0.2)
"""The same where faces mix: names of files and commands stand in a typewriter's, and the spaces beside Han are set
narrower. Measured on manuals set with TeX, whose lines of 100 cells end within six cells of one another."""
_HANGING = frozenset("，。、；：！？）》」』】”’,.;:!?)")
CUT, SHARDS, SPACE = 1, 2, 3
"""What a printed line of several pieces is put together over: removed text, broken spaces, a space."""
HANGS, FREE = 1, 2
"""How a line may end beyond the width: by a mark that hangs over the edge, or because it was set to no width at all,
as a program or a row of a table."""


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
    blur: float = SHARP
    """By how many cells a narrow character may be wider or narrower than it is counted."""
    shards: float = 0.0
    """What it costs in nats that the extractor broke a justified line at a stretched space; 0 if it broke none."""

    @property
    def measures(self) -> tuple[int, ...]:
        """The widths lines are set to."""
        return (self.width, self.other) if self.other else (self.width,)

    @property
    def rough(self) -> bool:
        """Whether the widths of letters are known only roughly: of several faces, or one narrower than most."""
        return self.condensed or self.blur > SHARP

    @property
    def face(self) -> tuple[bool, bool, bool, bool]:
        """What decides how wide a piece is."""
        return self.lead_counts, self.full_marks, self.proportional, self.condensed

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


# A space inside a line, by how many of the characters beside it are wide: between Han it hardly ever is the
# author's, between Latin words it always is.
_INLINE_SPACE = (0.1, 0.4, 3.5)
# Two pieces on either side of removed material were one printed line.
_INLINE_CUT = 3.0
# A line that starts with a mark no line starts with: the extractor broke the printed line where the face changes.
_INLINE_MARK = 3.0


class Shape(NamedTuple):
    """What counts of a line that is one piece when it is asked how well it fills a width."""

    cells: float
    latin: int
    edge: int
    """Whether it may end beyond the width: HANGS, FREE or 0."""
    token: int
    """Cells of the token the next line begins with."""
    item: int
    """Whether it starts with a bullet or a numbering."""


def edge(piece: Piece) -> int:
    """How a line that ends with ``piece`` may end beyond the width: HANGS, FREE or 0."""
    return FREE if piece.rigid else int(piece.text[-1] in _HANGING)


class Shapes(NamedTuple):
    """A document has thousands of lines and a few hundred shapes: what fits is worked out once for each."""

    kinds: list[Shape]
    at: list[int]
    """For each piece but the last, which of ``kinds`` it is."""


class Measured:
    """Pieces as columns of numbers."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.tokens = [piece.token for piece in pieces]
        """Cells of the first token of each piece."""
        self.latin = [piece.latin for piece in pieces]
        self.edges = bytes(map(edge, pieces))
        self.items = bytes([piece.starts in "BL" for piece in pieces])
        self.joins = bytes([piece.space or piece.cut or piece.starts == "P" for piece in pieces])
        """Whether each piece and the one before may be parts of one printed line, with no shattered lines around."""
        self.joints = bytes([SPACE if piece.space else CUT if piece.cut else 0 for piece in pieces])
        """What lies between each piece and the one before: SPACE, CUT or 0."""
        self.marked = bytes([piece.starts == "P" and not (piece.space or piece.cut) for piece in pieces])
        """Whether each piece starts with a mark that no line starts with, and nothing was removed before it."""
        self._cells: dict[tuple[bool, ...], list[float]] = {}
        self._shapes: dict[tuple[bool, ...], Shapes] = {}

    def cells(self, layout: Layout) -> list[float]:
        """The widths of the pieces in ``layout``."""
        if layout.face not in self._cells:
            self._cells[layout.face] = [layout.cells(piece) for piece in self.pieces]
        return self._cells[layout.face]

    def shapes(self, layout: Layout) -> Shapes:
        """The shapes of the pieces in ``layout``."""
        if layout.face not in self._shapes:
            numbers: dict[tuple[float, int, int, int, int], int] = {}
            columns = zip(self.cells(layout), self.latin, self.edges, self.tokens[1:], self.items, strict=False)
            at = [numbers.setdefault(shape, len(numbers)) for shape in columns]
            self._shapes[layout.face] = Shapes([Shape(*shape) for shape in numbers], at)
        return self._shapes[layout.face]

    @cached_property
    def inline(self) -> list[float]:
        """For each piece, what it costs in nats that no printed line ended before it."""
        pairs = zip(self.pieces, self.pieces[1:], self.joins[1:], strict=False)
        return [inf, *(_inline_cost(before, after) if joins else inf for before, after, joins in pairs)]


def _inline_cost(before: Piece, after: Piece) -> float:
    """What it costs that no printed line ended between two pieces."""
    if after.space:
        if before.wide_end and after.wide_start:
            return _INLINE_SPACE[2]
        return _INLINE_SPACE[before.wide_end or after.wide_start]
    if before.quoted != after.quoted:
        return inf
    if _broken_at_mark(before, after):
        return _INLINE_MARK
    if after.cut and before.ends != "T" and after.lead == 0 and after.starts not in "BL":
        return _INLINE_CUT
    return inf


_PAIRS = dict(zip("）》〉」』】〕〗］”’", "（《〈「『【〔〖［“‘", strict=True))


def _broken_at_mark(before: Piece, after: Piece) -> bool:
    """Whether the next line starts with a mark no line starts with; a closing bracket must have its opening one."""
    first = after.text[0]
    if (first not in NEVER_FIRST and first not in _PAIRS) or after.blanks > 1 or after.cut or before.rigid:
        return False
    opening = _PAIRS.get(first)
    return opening is None or before.text.count(opening) > before.text.count(first)
