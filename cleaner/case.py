"""A case: the pieces of a document as they are, and every reading of them in a layout."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log

from cleaner import evidence
from cleaner.evidence import Costs, Habits
from cleaner.physical import HARD, Layout, Reading, inline_cost, read
from cleaner.pieces import Piece

# A line that left so many cells more than the next token needs was ended by its author.
EARLY = 3


@dataclass(frozen=True)
class Case:
    """The pieces of a document (or of a sample of it) with all that does not depend on the layout."""

    pieces: Sequence[Piece]
    habits: Habits
    """What is assumed before the first reading."""
    heads: Sequence[str] = ()
    """The running heads that were removed: one often holds the whole title."""

    @cached_property
    def indented(self) -> list[bool]:
        """Whether each piece stands further in than what is before it."""
        return evidence.indents(self.pieces)

    @cached_property
    def joined(self) -> list[float]:
        """The evidence of words that span a break."""
        return evidence.words_across(self.pieces, self.heads)

    @cached_property
    def usual(self) -> Costs:
        """The costs of every break before anything has been read."""
        return self.costs(self.habits)

    def costs(self, habits: Habits) -> Costs:
        """The costs of every break with these habits."""
        return evidence.costs(self.pieces, habits, self.joined, self.indented)

    def relearn(self, reading: Reading) -> Habits:
        """What ``reading`` shows of this document's habits."""
        hard = [kind == HARD for kind in reading.breaks]
        sure = [
            not is_hard or slack > piece.token + EARLY
            for is_hard, slack, piece in zip(hard, reading.slack, self.pieces, strict=True)
        ]
        return evidence.relearn(self.pieces, evidence.Named(hard, reading.first, sure), self.habits, self.indented)

    def read(self, layout: Layout) -> Reading:
        """Read twice: with what is usual, then with what the first reading showed."""
        if layout not in self._readings:  # a search comes by the same layout more than once
            self._readings[layout] = read(self.pieces, self.costs(self.learnt(layout)), layout)
        return self._readings[layout]

    @cached_property
    def _readings(self) -> dict[Layout, Reading]:
        return {}

    def learnt(self, layout: Layout) -> Habits:
        """What the first reading with this layout shows of the document's habits."""
        return self.relearn(read(self.pieces, self.usual, layout))

    def null(self, layout: Layout) -> float:
        """What it costs to take every line end and every space for the author's, habits relearnt for that."""
        hard = [not piece.space for piece in self.pieces]
        costs = self.costs(evidence.relearn(self.pieces, all_hard(hard), self.habits, self.indented))
        spread = log(layout.width) - 0.5
        total = spread
        for index, (before, after) in enumerate(pairwise(self.pieces), 1):
            if hard[index]:
                total += costs.hard_first[index] + spread
            else:
                total += costs.soft[index] + inline_cost(before, after)
        return total


def all_hard(hard: list[bool]) -> evidence.Named:
    return evidence.Named(hard, [True] * len(hard), [True] * len(hard))
