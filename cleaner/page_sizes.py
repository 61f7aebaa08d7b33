"""How alike in size the pages are between the numbers of a sequence: evenly filled, or equal to the line."""

from collections.abc import Iterable
from itertools import pairwise

from cleaner.survey import NEAREST, Candidate, Survey, distance

PAGE = 10
"""Lines on a printed page at least, where their number is evidence."""


def steps(run: list[Candidate]) -> set[int]:
    """By how much the numbers of a chain rise."""
    return {other.number - one.number for one, other in pairwise(run)}


def evenness(survey: Survey, run: list[Candidate]) -> int:
    """2 for gaps that are nearly equal, 1 for gaps within the same order, 0 for others or none to compare."""
    gaps = [distance(survey, a, b) / (b.number - a.number) for a, b in pairwise(run)]
    lines = [(b.first - a.first) / (b.number - a.number) for a, b in pairwise(run)]
    first = survey.lines[run[0].first].start
    if run[0].number == 1 and first > NEAREST:
        gaps.insert(0, first)
        lines.insert(0, run[0].first)
    even = _even(gaps, lines)
    if even or len(run) < 3 or not survey.ends(run[-1].last, 1):
        return even
    return _even(gaps[:-1], lines[:-1])  # the last page is as long as it happens to be


def _even(gaps: list[float], lines: list[float]) -> int:
    if len(gaps) < 2:
        return 0
    if len(gaps) > 2 and (_spread(gaps) < 1.15 or _spread(lines) < 1.15):
        return 2
    return 1 if _spread(gaps) < 1.7 or _spread(lines) < 1.7 else 0


def keeps_line_count(run: list[Candidate]) -> bool:
    """Whether five pages or more hold the same number of lines: printed ones do, poems and chapters never."""
    lines = [b.first - a.first for a, b in pairwise(run)]
    return len(run) >= 5 and _spread(lines) < 1.1


def closing(survey: Survey, run: list[Candidate]) -> bool:
    """Whether pages of one line count end with their numbers, where the lines are printed ones.

    Chapters begin with theirs, formulas and notes stand anywhere. The document ends with the last number, or with
    a page that is not full.
    """
    if len(run) < 2 or steps(run) != {1} or not survey.punctuated or survey.paragraphs_on_lines:
        return False
    first, *pages, rest = survey.counts([-1, *(member.first for member in run), len(survey.lines)])
    # The text may begin in the middle of page 87, or with a number on top of its first page.
    # After the last number a head may follow that belongs to it.
    *whole, last = [*([first] if run[0].number == 1 and first > 2 else []), *pages, *([rest] if rest > 2 else [])]
    if len(whole) < 2:
        return rest == 0 and first >= 2 * PAGE and last <= first
    alike = max(whole) - min(whole) <= min(1, len(whole) - 2) and min(whole) >= 2 * PAGE
    ends = rest == 0 and run[0].number == 1 and max(whole) <= 1.2 * min(whole) and min(whole) >= PAGE
    return (alike or ends) and max(first, last) <= 1.2 * max(whole)


def median(values: Iterable[float]) -> float:
    """The middle of some values, of which there is at least one.

    The module ``statistics`` takes 5 ms to import, a tenth of what a small file takes in all.

    >>> median([3, 1, 2]), median([4, 1, 2, 3])
    (2, 2.5)
    """
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _spread(gaps: Iterable[float]) -> float:
    """How far the gaps reach from their median, as a factor, the odd one out of five left aside."""
    values = list(gaps)
    middle = max(1.0, median(values))
    factors = sorted(max(value / middle, middle / max(1.0, value)) for value in values)
    return factors[len(factors) - 1 - len(factors) // 5]
