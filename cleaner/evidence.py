"""What the marks on both sides of a candidate break say for a soft or for a hard one.

The decision table
------------------
Every candidate break gets two costs in nats, ``-ln P(what is seen | soft)`` and ``-ln P(what is seen | hard)``,
summed over independent pieces of evidence. The smaller sum wins, together with what the widths say
(:mod:`cleaner.physical`).

==================  =====================================================================================
evidence            where its weight comes from
==================  =====================================================================================
end of the line     hard: learnt from the document, apart for first lines (headings and items end bare) and
                    for continued ones (a paragraph of several lines hardly ever ends bare).
                    soft: how often such an end stands at a legal gap *inside* the lines, because a soft
                    break falls blindly. Never learnt from breaks already called soft: that feeds on itself.
start of the next   the same; the ceiling of bullets and numbering at a soft break is fixed
blank line between  learnt: in some documents it means a paragraph, in some it follows every printed line
indent of the next  learnt likewise
hard or soft at all learnt
the break itself    is left out of what it is weighed by: a mistake would else confirm itself
a word across it    the two Han characters beside it are common inside words (data/pairs.txt) or stand side by
                    side elsewhere in the document
a bracket across it a bracket open at the line end is closed on the next line: at 12 % of the gaps inside lines,
                    at none of 2,340 breaks between paragraphs
a rigid line        code, commands, rules, entries of a table of contents: no soft break beside them, unless a
                    command goes on with an option; likewise an address alone on its line after a full stop
==================  =====================================================================================
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import log
from types import MappingProxyType
from typing import NamedTuple

from cleaner.cells import TOKEN
from cleaner.patterns import lazy_plain
from cleaner.pieces import (
    END_CLASSES,
    LABEL,
    NEVER_FIRST,
    OPENING_BRACKETS,
    OPENING_QUOTES,
    START_CLASSES,
    Piece,
    end_class,
    is_han,
)
from cleaner.words import common_pairs

# Shares before a document has been read; they count as much as _PRIOR_WEIGHT observed breaks.
_HARD_ENDS = {"T": 0.61, "S": 0.06, "Q": 0.04, "U": 0.01, "M": 0.01, "H": 0.002, "N": 0.268}
_HARD_STARTS = {"B": 0.04, "L": 0.12, "C": 0.03, "P": 0.0005, "Q": 0.08, "K": 0.02, "l": 0.01, "O": 0.70}
_SOFT_ENDS = {"T": 0.03, "S": 0.01, "Q": 0.01, "U": 0.01, "M": 0.07, "H": 0.02, "N": 0.85}
# A sentence does not go on with a bullet, and hardly with "第三条" or "2." (but "见\n第三条" occurs).
_SOFT_STARTS = {"B": 4e-4, "L": 4e-3, "C": 0.01, "P": 4e-3, "Q": 0.02, "K": 0.02, "l": 0.04, "O": 0.90}
_FIXED_SOFT_STARTS = {name: _SOFT_STARTS[name] for name in "BLP"}
_PRIOR_WEIGHT = 6.0
# What stands inside lines differs less between documents: a hundred gaps without a quotation mark prove little.
_INTERIOR_WEIGHT = 25.0
# An end and a start are taken for independent until so many gaps show otherwise.
_INDEPENDENT = 3.0
# Nothing is known beforehand of what a blank line or an indent means in this document.
_HABIT_WEIGHT = 1.5

# What the two Han characters on either side of a break tell: (their pair is common inside words, it stands unbroken
# elsewhere in the document, a triple with one more character does). Logarithms of how much oftener that is so at
# the gaps inside the lines than at the breaks between two paragraphs, measured on 98,000 gaps and 440 breaks.
_WORDS = {
    (False, False, False): -0.8,
    (True, False, False): 2.1,
    (False, True, False): 2.6,
    (False, True, True): 2.6,
    (True, True, False): 3.1,
    (True, True, True): 4.9,
}


# See "a bracket across it" above; a false "(" of a scanner is the reason for less.
_IN_BRACKETS = 4.0
_REACH = 40  # characters on either side in which the bracket is looked for
_CLOSED_BY = dict(zip("（(《〈“「『【〔", "）)》〉”」』】〕", strict=True))
_BRACKET = lazy_plain(r"[（）()《》〈〉“”「」『』【】〔〕]")

# Speech on a line of its own follows a finished sentence or a colon: five times as often as a bare end.
_UNANNOUNCED = 1.6
# Nearly certain, but not quite: prose may end a line with what looks like an option.
_RIGID = 6.0


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
    if _command_goes_on(before.text, after.text):
        return 0.0, _GOES_ON
    if before.ends in "TS" and _ADDRESS.fullmatch(after.text):
        return _RIGID, 0.0
    return _RIGID * (before.rigid + after.rigid), 0.0


class Shares:
    """What share of the hard breaks each class has, also without the one that asks.

    A break called hard by mistake would otherwise find itself among the examples and stay hard.
    """

    def __init__(self, expected: Mapping[str, float], seen: Mapping[str, int] = MappingProxyType({})) -> None:
        """``expected`` counts as much as _PRIOR_WEIGHT breaks, ``seen`` are those of the document."""
        total = sum(seen.values()) + _PRIOR_WEIGHT
        counts = {name: seen.get(name, 0) + _PRIOR_WEIGHT * share for name, share in expected.items()}
        self.shares = {name: count / total for name, count in counts.items()}
        self.costs = {name: -log(share) for name, share in self.shares.items()}
        self.costs_without = {
            name: -log((count - 1) / (total - 1)) if seen.get(name) else self.costs[name]
            for name, count in counts.items()
        }


@dataclass(slots=True)
class Habits:
    """What a document is known, or assumed, to do at its soft and its hard breaks; all values are shares."""

    hard: float = 0.5
    ends_first: Shares = field(default_factory=lambda: Shares(_HARD_ENDS))
    """How lines end that are the first of their paragraph, where a hard break follows."""
    ends_continued: Shares = field(default_factory=lambda: Shares(_HARD_ENDS))
    """The same for the other lines."""
    starts_hard: Shares = field(default_factory=lambda: Shares(_HARD_STARTS))
    hard_before: Sequence[bool] = ()
    """For each piece, whether the break before it was one of the hard ones these shares were learnt from."""
    soft: dict[tuple[str, str], float] = field(default_factory=lambda: _joint(Counter()))
    """How a line ends and the next starts, together: inside a paragraph ``“`` mostly follows ``：`` or ``，``."""
    blank_hard: float = 0.5
    blank_soft: float = 0.5
    indent_hard: float = 0.5
    indent_soft: float = 0.5


def interior(pieces: Iterable[Piece]) -> Habits:
    """Assume of the hard breaks what is usual, and of the soft ones what the insides of the lines show."""
    seen: Counter[tuple[str, str]] = Counter()
    labels = 0
    for piece in pieces:
        tokens = TOKEN.findall(piece.text)
        # Counted in C, and most tokens are one of a few thousand characters: six times as fast as one by one.
        seen.update(zip(map(_token_end, tokens), map(_start_inside, tokens[1:]), strict=False))
        # Wherever in the five characters before a colon a line ends, the next one starts like a label.
        if "：" in piece.text:
            labels += sum(len(found) - 1 for found in LABEL.findall(piece.text))
    return Habits(soft=_joint(seen, labels))


_token_end = lru_cache(maxsize=1 << 14)(end_class)


@lru_cache(maxsize=1 << 14)
def _start_inside(token: str) -> str:
    """The start class of a token inside a line, where neither bullets nor numbering can be told."""
    first = token[0]
    if first in OPENING_QUOTES:
        return "Q"
    if first in OPENING_BRACKETS:
        return "K"
    return "l" if "a" <= first <= "z" else "O"


def _joint(seen: Counter[tuple[str, str]], labels: int = 0) -> dict[tuple[str, str], float]:
    """Shares of (end, start) at soft breaks, from how often they were ``seen`` at the gaps inside lines.

    Bullets, numbering and the marks no line starts with keep their assumed share, and so do divided words: none
    of them can be seen inside a line. ``labels`` is at how many gaps a line end would make the rest a label.
    """
    ends: Counter[str] = Counter()
    starts: Counter[str] = Counter()
    for (end, start), count in seen.items():
        ends[end] += count
        starts[start] += count
    end_shares = {**_shares(ends, _SOFT_ENDS, _INTERIOR_WEIGHT), "H": _SOFT_ENDS["H"]}
    total = seen.total()
    label_share = (labels + _INTERIOR_WEIGHT * _SOFT_STARTS["C"]) / (total + _INTERIOR_WEIGHT)
    start_shares = {**_shares(starts, _SOFT_STARTS, _INTERIOR_WEIGHT), **_FIXED_SOFT_STARTS, "C": label_share}
    joint: dict[tuple[str, str], float] = {}
    for end, end_share in end_shares.items():
        for start, start_share in start_shares.items():
            share = end_share * start_share
            if end != "H" and start != "C" and start not in _FIXED_SOFT_STARTS:
                share *= (seen[end, start] + _INDEPENDENT) / (total * share + _INDEPENDENT)
            joint[end, start] = share
    return joint


def _shares(seen: Counter[str], expected: dict[str, float], weight: float) -> dict[str, float]:
    total = seen.total() + weight
    return {name: (seen[name] + weight * share) / total for name, share in expected.items()}


class Costs(NamedTuple):
    """For the candidate break before each piece, its cost in nats if it is soft or hard.

    ``hard_first`` holds if the line before the break is the first of its paragraph, ``hard_continued`` if not.
    """

    soft: list[float]
    hard_first: list[float]
    hard_continued: list[float]


def costs(pieces: Sequence[Piece], habits: Habits, joined: Sequence[float], indented: Sequence[bool]) -> Costs:
    """Weigh the marks at every break by ``habits``; for ``joined`` and ``indented`` see the functions below."""
    soft, first, continued = [0.0], [0.0], [0.0]
    prior_hard, prior_soft = -log(habits.hard), -log(1 - habits.hard)
    learnt = (habits.starts_hard, habits.ends_first, habits.ends_continued)
    tables = [each.costs for each in learnt], [each.costs_without for each in learnt]
    blank_hard, blank_soft = _logs(habits.blank_hard), _logs(habits.blank_soft)
    indent_hard, indent_soft = _logs(habits.indent_hard), _logs(habits.indent_soft)
    taught = habits.hard_before or [False] * len(pieces)
    soft_logs = {marks: -log(share) for marks, share in habits.soft.items()}
    for before, after, word, more, example in zip(
        pieces, pieces[1:], joined[1:], indented[1:], taught[1:], strict=False
    ):
        starts, ends_first, ends_continued = tables[example]
        hard_cost, soft_cost = starts[after.starts], soft_logs[before.ends, after.starts]
        if not after.space:
            hard_cost += prior_hard
            soft_cost += prior_soft
        if not after.cut and not after.space:
            blank = after.blanks > 0
            hard_cost -= blank_hard[blank]
            soft_cost -= blank_soft[blank]
        if not after.space:
            hard_cost -= indent_hard[more]
            soft_cost -= indent_soft[more]
        if before.rigid or after.rigid or after.starts == "l":  # most lines are spared the question
            against_soft, against_hard = _no_prose(before, after)
            hard_cost += against_hard
            soft_cost += against_soft
        soft.append(soft_cost)
        if before.ends == "N" and after.starts == "Q":
            hard_cost += _UNANNOUNCED
        first.append(hard_cost + word + ends_first[before.ends])
        continued.append(hard_cost + word + ends_continued[before.ends])
    return Costs(soft, first, continued)


def _logs(share: float) -> tuple[float, float]:
    """The logarithms for what is not so, and for what is so in this share of cases."""
    return log(1 - share), log(share)


class Term(NamedTuple):
    """One piece of the evidence for a break, in words and in nats."""

    name: str
    soft: float
    hard: float


def terms(
    pieces: Sequence[Piece], habits: Habits, index: int, *, word: float, more: bool, first: bool
) -> Iterator[Term]:
    """What :func:`costs` adds up for the break before piece ``index``, one by one; for people, so it may be slow.

    ``word`` and ``more`` are what ``joined`` and ``indented`` hold for it, ``first`` is whether the line before it is
    the first of its paragraph.
    """
    before, after = pieces[index - 1], pieces[index]
    example = bool(habits.hard_before) and habits.hard_before[index]
    starts, ends = (
        each.costs_without if example else each.costs
        for each in (habits.starts_hard, habits.ends_first if first else habits.ends_continued)
    )
    end, start = before.text[-1], after.text[0]
    yield Term(
        f"a line ends with {end} and one starts with {start}",
        -log(habits.soft[before.ends, after.starts]),
        ends[before.ends] + starts[after.starts],
    )
    if not after.space:
        yield Term("how many breaks are of either kind here", -log(1 - habits.hard), -log(habits.hard))
        if not after.cut:
            yield _habit_term("a blank line", after.blanks > 0, habits.blank_soft, habits.blank_hard)
        yield _habit_term("an indent", more, habits.indent_soft, habits.indent_hard)
    yield Term("a word that would be cut" if word > 0 else "no word that would be cut", 0.0, word)
    against_soft, against_hard = _no_prose(before, after)
    if against_soft:
        yield Term("a line that is no prose", against_soft, 0.0)
    if against_hard:
        yield Term("a command and its options", 0.0, against_hard)
    if before.ends == "N" and after.starts == "Q":
        yield Term("a quotation that nothing announces", 0.0, _UNANNOUNCED)


def _habit_term(name: str, there: bool, soft: float, hard: float) -> Term:
    if there:
        return Term(f"{name} between", -log(soft), -log(hard))
    return Term(f"{name} is missing", -log(1 - soft), -log(1 - hard))


_BLOCK = 1 << 12  # characters looked through at a time: few enough to stay in the cache


def words_across(pieces: Sequence[Piece], heads: Sequence[str] = ()) -> list[float]:
    """For the break before each piece, how many nats speak against a hard one because a word or a bracket spans it.

    Words are looked for in the pieces and in the running ``heads`` that were removed.
    """
    joints = [(before.text[-2:], after.text[:2]) for before, after in pairwise(pieces)]
    # Only what stands at the breaks is looked for: all pairs and triples of a novel take more memory than it does.
    asked = {(left[-1], right[0]) for left, right in joints if is_han(left[-1]) and is_han(right[0])}
    asked_triples = {triple for left, right in joints for triple in ((*left, right[0]), (left[-1], *right))}
    pairs: set[tuple[str, ...]] = set()
    triples: set[tuple[str, ...]] = set()
    text = "\n".join([*(piece.text for piece in pieces), *heads])
    for start in range(0, len(text), _BLOCK):
        # Each character is made once and not for every pair and triple it is in: three fifths of the time.
        block = list(text[start : start + _BLOCK + 2])
        pairs.update(asked.intersection(pairwise(block)))
        triples.update(asked_triples.intersection(zip(block, block[1:], block[2:], strict=False)))
    common = common_pairs()
    found = [0.0]
    for before, after in pairwise(pieces):
        found.append(_IN_BRACKETS if _in_brackets(before, after) else 0.0)
        left, right = before.text[-2:], after.text[:2]
        pair = (left[-1], right[0])
        if pair in asked:
            seen = pair in pairs
            triple = seen and ((*left, right[0]) in triples or (left[-1], *right) in triples)
            found[-1] += _WORDS["".join(pair) in common, seen, triple]
    return found


def _in_brackets(before: Piece, after: Piece) -> bool:
    """Whether a bracket or quotation opened at the end of one line is closed at the start of the next."""
    if before.ends not in "NMH" or not (before.wide_end or after.wide_start):
        return False
    opened = _BRACKET.findall(before.text[-_REACH:])
    closed = _BRACKET.search(after.text[:_REACH])
    return bool(opened) and closed is not None and _CLOSED_BY.get(opened[-1]) == closed.group()


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


class Named(NamedTuple):
    """The break before each piece as a reading named it."""

    hard: Sequence[bool]
    first: Sequence[bool]
    """Whether the line that ends there is the first of its paragraph."""
    sure: Sequence[bool]
    """Whether it is soft, or hard after a line that was clearly ended early."""


def relearn(pieces: Sequence[Piece], named: Named, habits: Habits, indented: Sequence[bool]) -> Habits:
    """Correct ``habits`` by what a first reading of the document called hard and soft.

    What an indent or a blank line means is learnt from the sure breaks only: a full line called hard by mistake
    would teach that paragraphs here may start without an indent.
    """
    ends_first: Counter[str] = Counter()
    ends_continued: Counter[str] = Counter()
    starts: Counter[str] = Counter()
    seen = {(name, kind): 0 for name in ("all", "sure", "blank", "open", "indent") for kind in (True, False)}
    for index in range(1, len(pieces)):
        before, after = pieces[index - 1], pieces[index]
        kind = named.hard[index]
        if kind and not (before.rigid and before.ends == "M"):  # a ruler's dashes say nothing of paragraphs
            (ends_first if named.first[index] else ends_continued)[before.ends] += 1
        if kind and after.text[0] not in NEVER_FIRST:  # such a line is a broken one
            starts[after.starts] += 1
        if after.space:
            continue
        seen["all", kind] += 1
        if not named.sure[index]:
            continue
        seen["sure", kind] += 1
        seen["indent", kind] += indented[index]
        if not after.cut:
            seen["open", kind] += 1
            seen["blank", kind] += after.blanks > 0
    general = Shares(_HARD_ENDS, ends_first + ends_continued).shares
    total = seen["all", True] + seen["all", False]
    return Habits(
        hard=(seen["all", True] + 0.5 * _PRIOR_WEIGHT) / (total + _PRIOR_WEIGHT),
        ends_first=Shares(general, ends_first),
        ends_continued=Shares(general, ends_continued),
        starts_hard=Shares(_HARD_STARTS, starts),
        hard_before=named.hard,
        soft=habits.soft,
        blank_hard=_habit(seen["blank", True], seen["open", True]),
        blank_soft=_habit(seen["blank", False], seen["open", False]),
        indent_hard=_habit(seen["indent", True], seen["sure", True]),
        indent_soft=_habit(seen["indent", False], seen["sure", False]),
    )


def _habit(count: int, total: int) -> float:
    return (count + 0.5 * _HABIT_WEIGHT) / (total + _HABIT_WEIGHT)


assert set(_HARD_ENDS) == set(END_CLASSES)
assert set(_HARD_STARTS) == set(START_CLASSES)
