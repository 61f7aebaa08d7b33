"""Counted lines: lines whose figures rise from one to the next and that cut sentences, too few for a page grid.

===================  ==========================================================================================
what                 taken when
===================  ==========================================================================================
heads with numbers   three or more with numbers that rise by one, set off by a bar (雪线 | 57, 58 | 群山的背面),
                     with one text or two by turns; two or more, and half of them, inside a sentence
times of a           alone on their lines, each later than the one before; three or more, and a quarter of them,
recording            inside a sentence, where other lines end as sentences do
===================  ==========================================================================================

In a chat, and in a transcript that has a time above every speech, the times stand between sentences, or sentences end
without a mark: they stay.
"""

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cleaner.patterns import lazy_plain
from cleaner.survey import LONG, Survey, is_open

_FEWEST = 3
_CUT, _CUT_SHORT = 0.5, 0.25
_HEAD = lazy_plain(
    r"(?P<number>\d{1,4})\s*[|｜]\s*(?P<text>[^|｜\d]{2,20})|(?P<title>[^|｜\d]{2,20})\s*[|｜]\s*(?P<last>\d{1,4})"
)
_CLOCK = lazy_plain(r"[\[(（【]?\s*(?:(\d{1,2})[:：])?(\d{1,2})[:：](\d{2})\s*[\])）】]?")


class _Head(NamedTuple):
    line: int
    number: int
    text: str


def heads_by_number(survey: Survey) -> Iterator[int]:
    """The lines that are heads, left page and right page, of few pages."""
    run: list[_Head] = []
    for index in survey.figured:
        found = _HEAD.fullmatch(survey.lines[index].text.strip())
        if not found:
            continue
        head = _Head(index, int(found["number"] or found["last"]), (found["text"] or found["title"]).strip())
        if run and head.number != run[-1].number + 1:
            yield from _proven_heads(survey, run)
            run = []
        run.append(head)
    yield from _proven_heads(survey, run)


def _proven_heads(survey: Survey, run: Sequence[_Head]) -> list[int]:
    if len(run) < _FEWEST or len({head.text for head in run}) > 2:
        return []
    cut = sum(1 for head in run if survey.cuts(head.line, head.line, frozenset()))
    return [head.line for head in run] if cut >= max(2, _CUT * len(run)) else []


def clock_lines(survey: Survey) -> list[int]:
    """The lines that are times of a recording."""
    times: dict[int, int] = {}
    for index in survey.figured:
        if clock := _CLOCK.fullmatch(survey.lines[index].text.strip()):
            parts = zip(clock.groups(), (3600, 60, 1), strict=True)
            times[index] = sum(int(part or 0) * unit for part, unit in parts)
    if len(times) < _FEWEST or any(late <= early for early, late in pairwise(times.values())):
        return []
    inside = sum(1 for index in times if survey.cuts(index, index, frozenset()))
    return [*times] if inside >= max(_FEWEST, _CUT_SHORT * len(times)) and _ends_sentences(survey, times) else []


def _ends_sentences(survey: Survey, times: Container[int]) -> bool:
    """Whether the longer lines end as sentences do, but those before a time."""
    long = [line for line in survey.lines if len(line.text) >= 2 * LONG]
    others = [line for line in long if not any(after in times for after in survey.near(line.number + 1, 1, 1))]
    return len(others) >= _FEWEST and 3 * sum(1 for line in others if is_open(line.text.rstrip())) <= len(others)
