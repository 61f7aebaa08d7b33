"""A page edge that stands only once: no sequence and no repetition can prove it, a sentence cut in two can.

==========================  ===================================================================================
what                        taken when
==========================  ===================================================================================
the foot of a first page,   up to five lines between two halves of a sentence: a full printed line that breaks
with the head after it      off, and one that goes on with it in a word the document has elsewhere; one of them
                            identifies a publication (DOI, ISSN, volume and pages, ©, an address), none is a
                            sentence or the caption of a figure
the head of a thesis        over a heading that says the same again, at the very top
==========================  ===================================================================================
"""

from collections.abc import Iterator
from itertools import islice

from cleaner.narrow import narrow
from cleaner.patterns import lazy
from cleaner.survey import LONG, Survey, is_open, printed_width

_LONGEST = 5  # lines of a foot and a head
_TRIED = 16  # identifying lines: a text with more is a list of them, and each is looked up in the whole text
_SEAM = 2  # characters on either side of a cut that make a word
_IDENTIFIES = lazy(
    r"(?i)\bdoi\s*[:：]\s*10\.\d{4,}|\bissn\b|©|https?://|\bwww\.|\b\d{1,4}\s*\(\d{1,3}\)\s*[:：]\s*\d+\s*[-–]\s*\d+"
)
# What each of these has, in bytes and lower case.
_SIGNS = (b"doi", b"issn", b"\xa9", b"http", b"www.", b"(")
_NO_FURNITURE = lazy(r"[。！？!?；;]$|^\s*(?:图|圖|表|例|Fig|Tab)")
_THESIS = lazy(r"(?:大学|大學|学院|學院).{0,8}(?:论文|論文|毕业设计|畢業設計)$")
_THESIS_ENDS = ("论文", "論文", "毕业设计", "畢業設計")


def interruptions(survey: Survey) -> Iterator[int]:
    """The lines that interrupt a sentence and identify a publication, and the head of a thesis at the top."""
    yield from _thesis_head(survey)
    identifying = (line.number for line in survey.lines if _may_identify(line.text) and _IDENTIFIES.search(line.text))
    past = -1
    for index in islice(identifying if _may_identify(survey.text) else (), _TRIED):
        if index > past and (block := _block(survey, index)):
            yield from block
            past = block[-1]


def _may_identify(text: str) -> bool:
    """A cheap test that most lines, and texts as a whole, do not pass."""
    text_in_bytes = narrow(text).lower()
    return any(map(text_in_bytes.__contains__, _SIGNS))


def _thesis_head(survey: Survey) -> list[int]:
    """The head at the very top: the university's name, and the heading that follows it, letter-spaced or not."""
    top = survey.near(survey.top, 1, 6)
    if len(top) < 4:
        return []
    title = survey.lines[top[0]].text.strip()
    if not title.endswith(_THESIS_ENDS) or not _THESIS.search(title):
        return []
    heading = survey.shadow(top[1])
    below = "".join(survey.shadow(index) for index in top[2:])
    return top[:2] if 2 <= len(heading) <= LONG and below.startswith(heading) else []


def _block(survey: Survey, index: int) -> list[int]:
    """The lines around ``index`` that stand between the two halves of a sentence; none if they do not."""
    above = survey.near(index - 1, -1, _LONGEST)
    before = next((at for at in above if _breaks_off(survey, at)), None)
    if before is None:
        return []
    block: list[int] = []
    for at in survey.near(before + 1, 1, _LONGEST + 1):
        if at > index and _goes_on(survey, before, at):
            return block
        if _NO_FURNITURE.search(survey.lines[at].text.strip()) or survey.begins_unit(at):
            return []
        block.append(at)
    return []


def _breaks_off(survey: Survey, index: int) -> bool:
    """Whether the line is a full one that ends inside a sentence."""
    text = survey.lines[index].text.strip()
    return len(text) >= LONG and is_open(text) and 10 * printed_width(text) >= 9 * survey.measure


def _goes_on(survey: Survey, before: int, after: int) -> bool:
    """Whether the two lines meet in a word that the document has elsewhere."""
    head, tail = survey.lines[before].text.strip()[-_SEAM:], survey.lines[after].text.strip()[:_SEAM]
    # Between Latin words a space stood at the line end: that letters meet elsewhere means nothing.
    return len(tail) == _SEAM and not (head[-1] + tail[0]).isascii() and (head + tail) in survey.text
