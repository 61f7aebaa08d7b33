"""Pages: takes out page markers, running heads and form feeds, with the blank lines that belong to them.

Which lines they are is found out by :mod:`cleaner.sequences` and :mod:`cleaner.running_heads`; this stage turns them
into edits.
"""

from collections.abc import Iterator

from cleaner.config import Config
from cleaner.draft import Draft, Line
from cleaner.edits import Edit
from cleaner.running_heads import heads
from cleaner.sequences import Survey, chains

_Why = tuple[str, str]

MARKER: _Why = ("page-marker", "page number in a sequence")
HEAD: _Why = ("running-head", "line repeated at the top of pages")
FOOT: _Why = ("running-foot", "line repeated at the bottom of pages")
FEED: _Why = ("form-feed", "form feed between pages")


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    survey = Survey(draft)
    found = chains(survey)
    furniture: dict[int, _Why] = {}
    for head in heads(survey, found):
        furniture[head.line] = HEAD if head.side == 1 else FOOT
    for chain in found:
        for member in chain.members:
            for index in range(member.first, member.last + 1):
                furniture[index] = MARKER
    if furniture or len(survey.breaks) > 1:
        yield from _edits(draft, survey.lines, furniture)


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
    elif spaced and start == first and after < len(lines):
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
    """Whether blank lines are part of the author's text, not only of the page edges."""
    text = [line for line in lines if not line.blank and line.number not in furniture]
    spaced = sum(1 for one, other in zip(text, text[1:], strict=False) if other.number - one.number > 1)
    return spaced * 6 > len(text)
