"""Pages: takes out page markers, running heads and form feeds, with the blank lines that belong to them.

Which lines they are is found out by :mod:`cleaner.sequences`, :mod:`cleaner.running_heads`,
:mod:`cleaner.recurring`, :mod:`cleaner.interruptions`,
:mod:`cleaner.counted_lines` and :mod:`cleaner.glued_markers`; this stage turns them into
edits. Where the lines of pages were joined, :mod:`cleaner.printed_lines` parts them again for that. It joins
nothing: the breaks stage does.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from cleaner.config import Config
from cleaner.counted_lines import clock_lines, heads_by_number
from cleaner.draft import Draft, Line
from cleaner.edits import Edit
from cleaner.glued_markers import Span, glued_markers
from cleaner.interruptions import interruptions
from cleaner.line_numbers import line_numbers
from cleaner.page_numbers import INSIDE, ON_LINE
from cleaner.printed_lines import printed_lines
from cleaner.recurring import heads_alone, notices_alone, screen_lines
from cleaner.running_heads import heads
from cleaner.sequences import Chain, chains
from cleaner.survey import Survey

_Why = tuple[str, str]

MARKER: _Why = (ON_LINE, "page number in a sequence")
GLUED: _Why = (INSIDE, "page number inside a line, in a sequence")
SPLIT: _Why = ("page-split", "page number before the rest of a sentence, in a sequence")
CHUNK: _Why = ("chunk-marker", "mark of a site that shows a book in pieces")
HEAD: _Why = ("running-head", "line repeated at the top of pages")
FOOT: _Why = ("running-foot", "line repeated at the bottom of pages")
EDGE: _Why = ("page-edge", "foot or head of a publication inside a sentence")
SCREEN: _Why = ("screen-line", "line of a screen whose figures only rise or only fall")
CLOCK: _Why = ("clock-line", "time of a recording inside a sentence")
LINE: _Why = ("line-number", "number before every line")
FEED: _Why = ("form-feed", "form feed between pages")
_SENTENCE_ENDS = ("。", "！", "？", "!", "?", "”", "」", ".")
_RULES_INSIDE = {"marker": GLUED, "split": SPLIT, "chunk": CHUNK, "head": HEAD, "foot": FOOT}


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Edits for everything the pages left behind, and nothing for what only looks like it.

    >>> page = "正文写到这里还没有写完，" * 9
    >>> text = "".join(f"{page}\\n第 {n} 页 共 3 页\\n" for n in (1, 2, 3))
    >>> [edit.rule for edit in propose(Draft(text), Config())]
    ['page-marker', 'page-marker', 'page-marker']
    >>> list(propose(Draft("以下为试题和答题纸，\\n共 14 页\\n"), Config()))
    []
    """
    survey = Survey(draft)
    seen = _look(draft, survey, chains(survey))
    if (printed := printed_lines(draft)) is not draft.lines():
        survey = Survey(draft, printed)
        # Without numbers on lines of their own nothing is gained: what stands inside a line has been seen.
        if (found := chains(survey)) and (other := _look(draft, survey, found)).numbers > seen.numbers:
            seen = other
    lines, furniture = seen.survey.lines, seen.furniture
    for span in seen.inside:
        if span.kind == "chunk" and (line := _whole_line(seen.survey, span)) is not None:
            furniture[line] = CHUNK
        else:
            yield from draft.replace(span.start, span.end, span.replacement, *_RULES_INSIDE[span.kind])
    if lines is not draft.lines():
        yield from _parts(draft, lines, furniture)
        furniture = _whole(draft, lines, furniture)
    for start, end in line_numbers(draft.lines(), furniture):
        yield from draft.delete(start, end, *LINE)
    if furniture or seen.inside or _feeds_are_pages(seen.survey):
        yield from _edits(draft, draft.lines(), furniture)


class _Seen(NamedTuple):
    """What the pages left behind, as one way to cut the text into lines shows it."""

    survey: Survey
    furniture: dict[int, _Why]
    inside: list[Span]
    numbers: int
    """Page numbers found."""


def _look(draft: Draft, survey: Survey, found: list[Chain]) -> _Seen:
    lines = survey.lines
    furniture = dict.fromkeys((*interruptions(survey), *heads_by_number(survey)), EDGE)
    furniture |= dict.fromkeys(clock_lines(survey), CLOCK)
    furniture |= _furniture(survey, found)
    numbers = [(lines[member.first].start, member.number) for chain in found for member in chain.members]
    inside = glued_markers(draft.text, numbers, ((lines[at].start, lines[at].end) for at in furniture))
    return _Seen(survey, furniture, inside, len(numbers) + sum(span.kind == "marker" for span in inside))


def _parts(draft: Draft, lines: list[Line], furniture: dict[int, _Why]) -> Iterator[Edit]:
    """Edits for printed lines that are parts of a line; the space before them stays as the line end it was."""
    for index in sorted(furniture):
        line = lines[index]
        if not _is_whole(draft, line):
            ends = line.end == line.next or draft.text[line.end : line.next].strip(" \u3000") != ""
            start = lines[index - 1].end if ends else line.start
            yield from draft.delete(start, line.end if ends else line.next, *furniture[index])


def _whole(draft: Draft, lines: list[Line], furniture: dict[int, _Why]) -> dict[int, _Why]:
    """The furniture that is whole lines, by their numbers in the draft."""
    starts = {line.start: line.number for line in draft.lines()}
    return {starts[lines[at].start]: why for at, why in furniture.items() if _is_whole(draft, lines[at])}


def _is_whole(draft: Draft, line: Line) -> bool:
    before, after = draft.text[line.start - 1 : line.start], draft.text[line.end : line.next]
    return before in ("", "\n", "\r") and (line.next == len(draft.text) or after.strip(" \u3000") != "")


def _furniture(survey: Survey, found: list[Chain]) -> dict[int, _Why]:
    """The lines that go as a whole, each with its rule."""
    screens = screen_lines(survey)
    if not found and not screens and not survey.breaks:
        alone = [*heads_alone(survey), *notices_alone(survey)]
        return {member.first: HEAD for chain in alone for member in chain.members}
    furniture = {head.line: HEAD if head.side == 1 else FOOT for head in heads(survey, found, screens)}
    furniture.update({member.first: SCREEN for chain in screens for member in chain.members})
    for chain in found:
        for member in chain.members:
            furniture.update(dict.fromkeys(range(member.first, member.last + 1), MARKER))
    return furniture


def _feeds_are_pages(survey: Survey) -> bool:
    """Whether form feeds alone show that pages were extracted: two or more, glued to the text that follows.

    Authors who use form feeds as section marks, in source code say, give each a line of its own.
    """
    glued = sum(1 for line in survey.lines if "\f" in line.text and not line.blank)
    return glued > 1 and glued * 2 >= len(survey.breaks)


def _whole_line(survey: Survey, span: Span) -> int | None:
    """The line of a span that is all there is on it."""
    index = bisect_right(survey.lines, span.start, key=lambda line: line.start) - 1
    line = survey.lines[index]
    return index if span.end <= line.end and line.text.strip() == survey.text[span.start : span.end].strip() else None


def _edits(draft: Draft, lines: list[Line], furniture: dict[int, _Why]) -> Iterator[Edit]:
    spaced = _paragraphs_are_spaced(lines, furniture)
    index = 0
    while index < len(lines):
        if index in furniture or (lines[index].blank and "\f" in lines[index].text):
            last = _block_end(lines, furniture, index)
            yield from _block(draft, furniture, index, last, spaced)
            index = last + 1
            continue
        line = lines[index]
        if "\f" in line.text:
            yield from _feeds(draft, line)
        index += 1


def _block_end(lines: list[Line], furniture: dict[int, _Why], first: int) -> int:
    last = index = first
    while index < len(lines) and (lines[index].blank or index in furniture):
        if index in furniture or "\f" in lines[index].text:
            last = index
        index += 1
    return last


def _block(draft: Draft, furniture: dict[int, _Why], first: int, last: int, spaced: bool) -> Iterator[Edit]:
    """Edits for furniture on neighbouring lines; each piece takes the blank lines after it along."""
    lines = draft.lines()
    start, after = first, last + 1
    while after < len(lines) and lines[after].blank:
        after += 1
    while start > 0 and lines[start - 1].blank:
        start -= 1
    if spaced and 0 < start < first and after < len(lines):
        start = first  # the blank line before the gap is the author's
    elif spaced and 0 < start == first and after < len(lines):
        after = last + 1
    at = start
    why = FEED
    for index in range(first, after):
        if index in furniture:
            if index > at and furniture[index] != why and index > first:
                yield from draft.delete(lines[at].start, lines[index].start, *why)
                at = index
            why = furniture[index]
    yield from draft.delete(lines[at].start, lines[after - 1].next, *why)


def _feeds(draft: Draft, line: Line) -> Iterator[Edit]:
    """Form feeds in a line of text: at its ends they go, inside they were its end."""
    for offset, character in enumerate(line.text):
        if character == "\f":
            inside = line.text[:offset].strip() and line.text[offset + 1 :].strip()
            place = line.start + offset
            yield from draft.replace(place, place + 1, "\n" if inside else "", *FEED)


def _paragraphs_are_spaced(lines: list[Line], furniture: dict[int, _Why]) -> bool:
    """Whether blank lines are part of the author's text, not only of the page edges.

    They are if no fewer sentences end a line before a blank line or a title does than end one without.
    """
    text = [line for line in lines if not line.blank and line.number not in furniture]
    spaced = unspaced = 0
    for one, other in pairwise(text):
        between = range(one.number + 1, other.number)
        if other.text.startswith("\f"):
            continue
        if between and any(at in furniture or "\f" in lines[at].text for at in between):
            continue
        spaced += bool(between)
        unspaced += not between and one.text.rstrip().endswith(_SENTENCE_ENDS)
    return spaced > 0 and spaced >= unspaced
