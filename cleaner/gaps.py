"""Gaps: what stands on both sides of each candidate break, told apart only as far as it is evidence.

A document has thousands of candidate breaks and a few hundred kinds of them: what a kind costs is worked out once.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from cleaner.patterns import lazy_plain
from cleaner.pieces import NEVER_FIRST, PARAGRAPH, Piece

# Nearly certain, but not quite: prose may end a line with what looks like an option.
_RIGID = 6.0


# What somebody answers does not go on with what he quotes.
_OTHERS_WORDS = 50.0
# A long command line is broken before one of its options.
_GOES_ON = 3.0
_ADDRESS = lazy_plain(r"(?:https?://|www\.)[!-~]+")


def _command_goes_on(before: str, after: str) -> bool:
    """Whether ``after`` goes on with the options of the command in ``before``.

    >>> _command_goes_on("./setup --quiet --prefix=/opt", "--with-docs"), _command_goes_on("选项：", "--quiet")
    (True, False)
    """
    return after.startswith("--") and after[2:3].isalnum() and " --" in before


def _no_prose(before: Piece, after: Piece) -> tuple[float, float]:
    """What speaks against a soft and against a hard break beside commands, rules, addresses and the like."""
    if before.quoted != after.quoted:
        return _OTHERS_WORDS, 0.0
    if _command_goes_on(before.text, after.text):
        return 0.0, _GOES_ON
    if before.ends in "TS" and _ADDRESS.fullmatch(after.text):
        return _RIGID, 0.0
    return _RIGID * (before.rigid + after.rigid), 0.0


# Lines.
_LONGEST_TITLE = 4


class Gap(NamedTuple):
    """One kind of candidate break."""

    ends: str
    """How the line before ends: see :func:`cleaner.pieces.end_class`."""
    starts: str
    """How the next one starts: see :func:`cleaner.pieces.start_class`."""
    space: bool
    cut: bool
    blank: bool
    """Whether a blank line stands between."""
    indented: bool
    """Whether the next line stands further in."""
    word: float
    """Nats against a hard break, because a word or a bracket spans it."""
    against_soft: float
    """Nats against a soft one, beside what is no prose."""
    against_hard: float
    """Nats against a hard one, where a command goes on."""
    ruler: bool
    """Whether the line before is no prose and ends in a dash."""
    never_first: bool
    """Whether the next one starts with a mark that no line starts with."""
    long: bool
    """Whether the line before is too long for a heading, a label or a cell of a table."""
    title: bool
    """Whether the lines before may be the document's title: nothing above them, and none ends with a mark."""


class Gaps(NamedTuple):
    """The candidate breaks of a document: for each piece but the first, the kind of the gap before it."""

    kinds: list[Gap]
    at: list[int]

    def note(self, words: Mapping[int, float]) -> None:
        """Note the nats against hard breaks before these pieces that are known now."""
        numbers = {gap: number for number, gap in enumerate(self.kinds)}
        for index, nats in words.items():
            gap = self.kinds[self.at[index - 1]]._replace(word=nats)
            self.at[index - 1] = numbers.setdefault(gap, len(numbers))
        self.kinds[:] = numbers


def gaps_of(pieces: Sequence[Piece], words: Sequence[float], indented: Sequence[bool]) -> Gaps:
    """The gaps between ``pieces``; for ``words`` see :mod:`cleaner.spanning`, for ``indented`` :func:`indents`."""
    # Tuples here, and one Gap for all that are alike: half the time.
    numbers: dict[tuple[str, str, bool, bool, bool, bool, float, float, float, bool, bool, bool, bool], int] = {}
    at: list[int] = []
    title = _title_lines(pieces)
    for (before, after), word, more in zip(pairwise(pieces), words[1:], indented[1:], strict=True):
        # Most lines are spared the question.
        doubtful = before.rigid or after.rigid or after.starts == "l" or before.quoted != after.quoted
        against_soft, against_hard = _no_prose(before, after) if doubtful else (0.0, 0.0)
        gap = (
            before.ends, after.starts, after.space, after.cut, after.blanks > 0, more, word,
            against_soft, against_hard, before.rigid and before.ends == "M", after.text[0] in NEVER_FIRST,
            before.width > PARAGRAPH and not before.space, len(at) < title,
        )  # fmt: skip
        at.append(numbers.setdefault(gap, len(numbers)))
    return Gaps([Gap(*gap) for gap in numbers], at)


def _title_lines(pieces: Sequence[Piece]) -> int:
    """How many lines at the top may be those of a title; none where spaces were line ends."""
    return sum(1 for _ in takewhile(lambda piece: piece.ends == "N" and not piece.space, pieces[:_LONGEST_TITLE]))


def indents(pieces: Sequence[Piece]) -> list[bool]:
    """For each piece, whether it stands further in than the line before, or where paragraphs here begin.

    A quotation or a list set in as a whole is no row of new paragraphs: of its lines only the first counts.
    """
    leads = Counter(
        piece.lead
        for piece, after in pairwise(pieces)
        if piece.lead > after.lead and not (piece.space or after.space)
    )
    first = leads.most_common(1)[0][0] if leads else -1
    further = [after.lead > before.lead or after.lead == first for before, after in pairwise(pieces)]
    return [False, *further][: len(pieces)]
