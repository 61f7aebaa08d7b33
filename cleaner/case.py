"""A case: the pieces of a document as they are, and every reading of them in a layout."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from math import log

from cleaner import evidence
from cleaner.evidence import Habits, Weights
from cleaner.fits import Fits
from cleaner.gaps import Gaps, gaps_of, indents
from cleaner.measured import Layout, Measured
from cleaner.physical import HARD, Reading, is_hard_anyway, read
from cleaner.pieces import Piece
from cleaner.spanning import MOST_OF_A_WORD, Words

# A line that left so many cells more than the next token needs was ended by its author.
EARLY = 3
# Cells by which a full line may be wider or narrower than its width.
_FULL = 2.5


@dataclass
class Case:
    """The pieces of a document (or of a sample of it) with all that does not depend on the layout."""

    pieces: Sequence[Piece]
    habits: Habits
    """What is assumed before the first reading."""
    heads: Sequence[str] = ()
    """The running heads that were removed: one often holds the whole title."""
    sparing: bool = False
    """Whether the document's words are searched only for the breaks where they may change a reading."""

    @cached_property
    def words(self) -> Words:
        """The evidence of words that span a break."""
        words = Words(self.pieces, self.heads)
        if not self.sparing:
            words.search(range(1, len(self.pieces)))
        return words

    @cached_property
    def gaps(self) -> Gaps:
        """What stands on both sides of each break."""
        return gaps_of(self.pieces, self.words.least, indents(self.pieces))

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
            if layout.flat:  # each reading of such a text takes as long as looking up most words
                self._search(self._not_full(layout))
            habits = self._learnt(fits)
            self._readings[layout] = self._cheapest(fits, habits, evidence.costs(self.gaps, habits))
        return self._readings[layout]

    @cached_property
    def _readings(self) -> dict[Layout, Reading]:
        return {}

    def learnt(self, layout: Layout) -> Habits:
        """What the first reading with this layout shows of the document's habits."""
        return self._learnt(Fits(self.measured, layout))

    def _learnt(self, fits: Fits) -> Habits:
        return self.relearn(self._cheapest(fits, self.habits, self.usual))

    def _cheapest(self, fits: Fits, habits: Habits, costs: Sequence[Weights]) -> Reading:
        """The cheapest reading with these ``habits``, which give these ``costs``.

        A word only adds to what a hard break costs. So a reading that is the cheapest as long as words are unknown
        stays so with them, if they span its soft breaks, or such as are hard whatever they cost. For the others they
        are searched, and if there are any, the reading is made again.
        """
        reading = read(fits, costs)
        while self._search(self._doubtful(reading, fits, costs)):
            costs = evidence.costs(self.gaps, habits)
            reading = read(fits, costs)
        return reading

    def _search(self, indices: Iterable[int]) -> bool:
        """Search for words across these breaks; whether there are any that were unknown."""
        found = self.words.search(indices)
        if found:
            self.gaps.note(found)
            self.__dict__.pop("usual", None)  # which was so without them
        return bool(found)

    def _not_full(self, layout: Layout) -> list[int]:
        """The breaks behind pieces that fill no line: nearly all that a reading will find doubtful."""
        cells, width = self.measured.cells(layout), layout.width
        unknown = compress(range(len(self.pieces)), self.words.unknown)
        return [index for index in unknown if abs(width - cells[index - 1]) > _FULL]

    def _doubtful(self, reading: Reading, fits: Fits, costs: Sequence[Weights]) -> list[int]:
        """The hard breaks of a reading that a word would perhaps make soft."""
        unknown = compress(range(len(self.pieces)), self.words.unknown)
        return [
            index
            for index in unknown
            if reading.breaks[index] == HARD and not is_hard_anyway(fits, costs, index, MOST_OF_A_WORD)
        ]

    def null(self, layout: Layout) -> float:
        """What it costs to take every line end and every space for the author's, habits relearnt for that.

        If words are searched sparingly, it may be more, but so that what a reading costs less is no less than this
        says: where a break is hard in both, what is unknown is missing from both.
        """
        hard = [not piece.space for piece in self.pieces]
        # That a line may be the title is no reason to take all lines for the author's.
        gaps = Gaps([kind._replace(title=False) for kind in self.gaps.kinds], self.gaps.at)
        costs = evidence.costs(gaps, evidence.relearn(gaps, all_hard(hard), self.habits))
        spread = log(layout.width) - 0.5
        total = spread
        for is_hard, weights, inline in zip(hard[1:], costs[1:], self.measured.inline[1:], strict=True):
            total += weights.hard_first + spread if is_hard else weights.soft + inline
        return total


def all_hard(hard: list[bool]) -> evidence.Named:
    """A reading in which each of these breaks is sure, and stands after the first line of a paragraph."""
    return evidence.Named(hard, [True] * len(hard), [True] * len(hard))
