"""What the marks on both sides of a candidate break say for a soft or for a hard one.

The decision table
------------------
Every candidate break gets two costs in nats, ``-ln P(what is seen | soft)`` and ``-ln P(what is seen | hard)``,
summed over independent pieces of evidence. The smaller sum wins, together with what the widths say
(:mod:`cleaner.physical`).

==================  =====================================================================================
evidence            where its weight comes from
==================  =====================================================================================
end of the line     hard: learnt from the document, apart for short first lines (headings and items end bare),
                    for long ones and for continued ones (a paragraph of several lines hardly ever ends bare).
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
from math import log
from types import MappingProxyType
from typing import NamedTuple

from cleaner.cells import TOKEN
from cleaner.gaps import Gap, Gaps
from cleaner.patterns import lazy_plain
from cleaner.pieces import END_CLASSES, LABEL, OPENING_BRACKETS, OPENING_QUOTES, START_CLASSES, Piece, end_class

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
_HAN_RUN = lazy_plain(r"[\u4e00-\u9fff]+")
_ANY_HAN = "\u4e00"  # they all make the same gaps
# An end and a start are taken for independent until so many gaps show otherwise.
_INDEPENDENT = 3.0
# Nothing is known beforehand of what a blank line or an indent means in this document.
_HABIT_WEIGHT = 1.5

# A document begins with its title, which ends bare: in one of ten with its first paragraph.
_BARE_TITLE = 0.1

# Speech on a line of its own follows a finished sentence or a colon: five times as often as a bare end.
_UNANNOUNCED = 1.6


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
    """How short lines end that are the first of their paragraph, where a hard break follows."""
    ends_long: Shares = field(default_factory=lambda: Shares(_HARD_ENDS))
    """The same for the long ones of the first lines: those are hardly ever headings or cells of a table."""
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

    def ends(self, gap: Gap, *, first: bool) -> Shares:
        """How lines such as the one before ``gap`` end where a hard break follows."""
        if not first:
            return self.ends_continued
        return self.ends_long if gap.long else self.ends_first


def interior(pieces: Iterable[Piece]) -> Habits:
    """Assume of the hard breaks what is usual, and of the soft ones what the insides of the lines show."""
    seen: Counter[tuple[str, str]] = Counter()
    stretches: Counter[str] = Counter()
    labels = 0
    for piece in pieces:
        text = piece.text
        seen["N", "O"] += _without_gaps(text, stretches)
        # Wherever in the five characters before a colon a line ends, the next one starts like a label.
        if "：" in text:
            labels += sum(len(found) - 1 for found in LABEL.findall(text))
    for stretch, count in stretches.items():
        tokens = TOKEN.findall(stretch)
        for gap in zip(map(end_class, tokens), map(_start_inside, tokens[1:]), strict=False):
            seen[gap] += count
    return Habits(soft=_joint(seen, labels))


def _without_gaps(text: str, stretches: Counter[str]) -> int:
    """How many gaps of ``text`` are between two Han characters; where the others are is added to ``stretches``.

    Three in four are such. The others are in what stands between two runs of Han characters: one of a few hundred
    texts, with its neighbours, which are looked at once. That takes a fifth of the time of looking at all the text.
    """
    first, *others = _HAN_RUN.split(text)
    if not others:
        stretches[text] += 1
        return 0
    last = others.pop()
    stretches.update([f"{_ANY_HAN}{between}{_ANY_HAN}" for between in others])
    stretches[first + _ANY_HAN] += 1
    stretches[_ANY_HAN + last] += 1
    runs = len(others) + 1
    return len(text) - len(first) - len(last) - sum(map(len, others)) - runs


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


class Weights(NamedTuple):
    """What a candidate break costs in nats, as far as the marks on both sides tell."""

    soft: float
    hard_first: float
    """If it is hard and the line before it is the first of its paragraph."""
    hard_continued: float
    """If it is hard and that line continues a paragraph."""


_NO_BREAK = Weights(0.0, 0.0, 0.0)  # before the first piece


def costs(gaps: Gaps, habits: Habits) -> list[Weights]:
    """For each piece, what the break before it costs with these ``habits``."""
    learnt = (habits.starts_hard, habits.ends_first, habits.ends_long, habits.ends_continued)
    usual = _of_kinds(gaps.kinds, habits, *(shares.costs for shares in learnt))
    if not habits.hard_before:
        return [_NO_BREAK, *map(usual.__getitem__, gaps.at)]
    without = _of_kinds(gaps.kinds, habits, *(shares.costs_without for shares in learnt))
    tables = (usual, without)
    return [
        _NO_BREAK,
        *(tables[example][kind] for kind, example in zip(gaps.at, habits.hard_before[1:], strict=True)),
    ]


def _of_kinds(
    kinds: Iterable[Gap],
    habits: Habits,
    starts: Mapping[str, float],
    ends_first: Mapping[str, float],
    ends_long: Mapping[str, float],
    ends_continued: Mapping[str, float],
) -> list[Weights]:
    """What each kind of gap costs, with these costs of its marks at a hard break."""
    prior_hard, prior_soft = -log(habits.hard), -log(1 - habits.hard)
    blank_hard, blank_soft = _logs(habits.blank_hard), _logs(habits.blank_soft)
    indent_hard, indent_soft = _logs(habits.indent_hard), _logs(habits.indent_soft)
    soft_logs = {marks: -log(share) for marks, share in habits.soft.items()}
    found: list[Weights] = []
    for gap in kinds:
        hard, soft = starts[gap.starts], soft_logs[gap.ends, gap.starts]
        if not gap.space:
            hard += prior_hard
            soft += prior_soft
            if not gap.cut:
                hard -= blank_hard[gap.blank]
                soft -= blank_soft[gap.blank]
            hard -= indent_hard[gap.indented]
            soft -= indent_soft[gap.indented]
        hard += gap.against_hard
        soft += gap.against_soft
        if gap.ends == "N" and gap.starts == "Q":
            hard += _UNANNOUNCED
        hard += gap.word
        ends = ends_long if gap.long else ends_first
        if gap.title:
            found.append(Weights(soft, hard + _BARE_TITLE, hard + _BARE_TITLE))
        else:
            found.append(Weights(soft, hard + ends[gap.ends], hard + ends_continued[gap.ends]))
    return found


def _logs(share: float) -> tuple[float, float]:
    """The logarithms for what is not so, and for what is so in this share of cases."""
    return log(1 - share), log(share)


class Term(NamedTuple):
    """One piece of the evidence for a break, in words and in nats."""

    name: str
    soft: float
    hard: float


def terms(pieces: Sequence[Piece], habits: Habits, index: int, *, gap: Gap, first: bool) -> Iterator[Term]:
    """What :func:`costs` adds up for the break before piece ``index``, one by one; for people, so it may be slow.

    ``gap`` is what is known of it, ``first`` whether the line before it is the first of its paragraph.
    """
    example = bool(habits.hard_before) and habits.hard_before[index]
    starts, ends = (
        each.costs_without if example else each.costs for each in (habits.starts_hard, habits.ends(gap, first=first))
    )
    end, start = pieces[index - 1].text[-1], pieces[index].text[0]
    yield Term(
        f"a line ends with {end} and one starts with {start}",
        -log(habits.soft[gap.ends, gap.starts]),
        (_BARE_TITLE if gap.title else ends[gap.ends]) + starts[gap.starts],
    )
    if not gap.space:
        yield Term("how many breaks are of either kind here", -log(1 - habits.hard), -log(habits.hard))
        if not gap.cut:
            yield _habit_term("a blank line", gap.blank, habits.blank_soft, habits.blank_hard)
        yield _habit_term("an indent", gap.indented, habits.indent_soft, habits.indent_hard)
    yield Term("a word that would be cut" if gap.word > 0 else "no word that would be cut", 0.0, gap.word)
    if gap.against_soft:
        yield Term("a line that is no prose", gap.against_soft, 0.0)
    if gap.against_hard:
        yield Term("a command and its options", 0.0, gap.against_hard)
    if gap.ends == "N" and gap.starts == "Q":
        yield Term("a quotation that nothing announces", 0.0, _UNANNOUNCED)


def _habit_term(name: str, there: bool, soft: float, hard: float) -> Term:
    if there:
        return Term(f"{name} between", -log(soft), -log(hard))
    return Term(f"{name} is missing", -log(1 - soft), -log(1 - hard))


class Named(NamedTuple):
    """The break before each piece as a reading named it."""

    hard: Sequence[bool]
    first: Sequence[bool]
    """Whether the line that ends there is the first of its paragraph."""
    sure: Sequence[bool]
    """Whether it is soft, or hard after a line that was clearly ended early."""


def relearn(gaps: Gaps, named: Named, habits: Habits) -> Habits:
    """Correct ``habits`` by what a first reading of the document called hard and soft.

    What an indent or a blank line means is learnt from the sure breaks only: a full line called hard by mistake
    would teach that paragraphs here may start without an indent.
    """
    ends_first: Counter[str] = Counter()
    ends_long: Counter[str] = Counter()
    ends_continued: Counter[str] = Counter()
    starts: Counter[str] = Counter()
    seen = {(name, kind): 0 for name in ("all", "sure", "blank", "open", "indent") for kind in (True, False)}
    # A document has a few hundred kinds of gap: counted in C, and then once for each kind.
    alike = Counter(zip(gaps.at, named.hard[1:], named.first[1:], named.sure[1:], strict=True))
    for (at, kind, first, sure), count in alike.items():
        gap = gaps.kinds[at]
        if kind and not gap.ruler:  # a ruler's dashes say nothing of paragraphs
            of_first = ends_long if gap.long else ends_first
            (of_first if first else ends_continued)[gap.ends] += count
        if kind and not gap.never_first:  # such a line is a broken one
            starts[gap.starts] += count
        if gap.space:
            continue
        seen["all", kind] += count
        if not sure:
            continue
        seen["sure", kind] += count
        seen["indent", kind] += count * gap.indented
        if not gap.cut:
            seen["open", kind] += count
            seen["blank", kind] += count * gap.blank
    general = Shares(_HARD_ENDS, ends_first + ends_long + ends_continued).shares
    total = seen["all", True] + seen["all", False]
    return Habits(
        hard=(seen["all", True] + 0.5 * _PRIOR_WEIGHT) / (total + _PRIOR_WEIGHT),
        ends_first=Shares(general, ends_first),
        ends_long=Shares(general, ends_long),
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
