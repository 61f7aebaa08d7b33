"""A case: the pieces of a document as they are, and every reading of them in a layout."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from cleaner import evidence
from cleaner.evidence import Habits, Weights
from cleaner.fits import Fits
from cleaner.gaps import Gaps, gaps_of, indents
from cleaner.measured import Layout, Measured
from cleaner.physical import HARD, Reading, read
from cleaner.pieces import Piece
from cleaner.spanning import words_across

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
    def joined(self) -> list[float]:
        """The evidence of words that span a break."""
        return words_across(self.pieces, self.heads)

    @cached_property
    def gaps(self) -> Gaps:
        """What stands on both sides of each break."""
        return gaps_of(self.pieces, self.joined, indents(self.pieces))

    @cached_property
    def measured(self) -> Measured:
        """The pieces as numbers."""
        return Measured(self.pieces)

    @cached_property
    def usual(self) -> list[Weights]:
        """The costs of every break before anything has been read."""
        return evidence.costs(self.gaps, self.habits)

    def relearn(self, reading: Reading) -> Habits:
        """What ``reading`` shows of this document's habits."""
        hard = [kind == HARD for kind in reading.breaks]
        sure = [
            not is_hard or slack > token + EARLY
            for is_hard, slack, token in zip(hard, reading.slack, self.measured.tokens, strict=True)
        ]
        return evidence.relearn(self.gaps, evidence.Named(hard, reading.first, sure), self.habits)

    def read(self, layout: Layout) -> Reading:
        """Read twice: with what is usual, then with what the first reading showed."""
        if layout not in self._readings:  # a search comes by the same layout more than once
            fits = Fits(self.measured, layout)
            self._readings[layout] = read(fits, evidence.costs(self.gaps, self._learnt(fits)))
        return self._readings[layout]

    @cached_property
    def _readings(self) -> dict[Layout, Reading]:
        return {}

    def learnt(self, layout: Layout) -> Habits:
        """What the first reading with this layout shows of the document's habits."""
        return self._learnt(Fits(self.measured, layout))

    def _learnt(self, fits: Fits) -> Habits:
        return self.relearn(read(fits, self.usual))

    def null(self, layout: Layout) -> float:
        """What it costs to take every line end and every space for the author's, habits relearnt for that."""
        hard = [not piece.space for piece in self.pieces]
        costs = evidence.costs(self.gaps, evidence.relearn(self.gaps, all_hard(hard), self.habits))
        spread = log(layout.width) - 0.5
        total = spread
        for is_hard, weights, inline in zip(hard[1:], costs[1:], self.measured.inline[1:], strict=True):
            total += weights.hard_first + spread if is_hard else weights.soft + inline
        return total


def all_hard(hard: list[bool]) -> evidence.Named:
    """A reading in which each of these breaks is sure, and stands after the first line of a paragraph."""
    return evidence.Named(hard, [True] * len(hard), [True] * len(hard))
