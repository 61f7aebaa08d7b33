"""Advertisements: takes out lines and sentences that a site put between the author's.

What evidence is and how it adds up stands in ``cleaner/promotion.py``. An ad that has lines of its own goes with
them, before the breaks are read; one that is part of a paragraph waits until the paragraph is whole. A document of
which a third is ads, each in other words, is a collection of them and keeps them all; so do markup and code, and
a document that quotes such phrases.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.ad_survey import MOST_LINES, OBFUSCATED, Survey
from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.glued_ads import FINISHED, SENTENCE_END, glued_ads, last_sentence, sentences
from cleaner.patterns import lazy
from cleaner.pieces import start_class
from cleaner.promotion import BESIDE, LONGEST, PURE, Unit, add_up
from cleaner.rules import Rule
from cleaner.shadow import Shadow, shadow, squeeze
from cleaner.subject import is_code, is_markup, is_word_list

# The beginning of an ad that a line end cut off is no longer than this.
_SHORT = 40
# As far into a neighbouring line an ad is looked for: a paragraph may be a book long.
_REACH = 2 * LONGEST
# More ads than this, and more than half as many as other lines, and the document is made of them.
_COLLECTED = 4
# What announces a list, and how long a line of one is.
_ANNOUNCES = lazy(r"(?:例如|比如|譬如|诸如|如下|下列|以下|包括|不限于|不得有)[^。，；]{0,8}[：:]\s*$")
_LIST_LINE = 30
_SPEAKS = lazy(r"\p{Han}{3}|[a-z]{6}")


class _Ad(NamedTuple):
    """An ad that has lines of its own."""

    lines: range
    rule: Rule
    shown: bool = False
    """Whether the author shows it: it stays."""


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Take out ads that have lines of their own; what a line end may have cut waits for the paragraph.

    >>> text = "他走了。\\n更多精品小说请访问 www.abc-books.com\\n她也走了。\\n"
    >>> [edit.rule for edit in propose(Draft(text), Config())]
    ['promise']
    >>> list(propose(Draft("他说：“更多小说请访问 www.abc-books.com。”\\n"), Config()))
    []
    """
    survey = draft.once(Survey)
    ads = draft.once(_own_ads)
    if ads is None:
        return
    taken = {number for ad in ads for number in ad.lines}
    for ad in ads:
        if not ad.shown and not _goes_on(survey, ad.lines, taken):
            yield from _delete(draft, ad)


def propose_inside(draft: Draft, config: Config) -> Iterator[Edit]:
    """Take out ads that have become sentences of a paragraph, and lines that were not whole before.

    >>> text = "她也走了。更多精品小说请访问 www.abc-books.com。门开着。\\n"
    >>> [(edit.start, edit.end) for edit in propose_inside(Draft(text), Config())]
    [(5, 33)]
    """
    survey = draft.once(Survey)
    ads = draft.once(_own_ads)
    if ads is None:
        return
    for ad in ads:
        if not ad.shown:
            yield from _delete(draft, ad)
    yield from _inside(survey, {number for ad in ads for number in ad.lines})


def _delete(draft: Draft, ad: _Ad) -> list[Edit]:
    return draft.delete_lines(ad.lines[0], ad.lines[-1], ad.rule.name, ad.rule.reason)


# --- lines of their own -----------------------------------------------------------------------------------


def _own_ads(draft: Draft) -> list[_Ad] | None:
    """The ads that have lines of their own; None if the words of ads are the document's own."""
    survey = draft.once(Survey)
    if not survey.lines:
        return []
    # Markup, code and lists of words have words of sites of their own.
    if draft.once(is_markup) or draft.once(is_code) or draft.once(is_word_list):
        return None
    if survey.about_ads():
        return None
    ads = list(_find_own(survey))
    lines = draft.lines()
    # A site adds its line to a document again and again, or some lines to many.
    worded = Counter(squeeze(lines[number].text) for ad in ads for number in ad.lines)
    rest = sum(1 for line in lines if not line.blank) - sum(worded.values())
    return None if len(worded) > _COLLECTED and len(worded) > 0.5 * rest else ads


def _find_own(survey: Survey) -> Iterator[_Ad]:
    lines = survey.draft.lines()
    done = -1
    listed: set[int] = set()
    for number in sorted(survey.lines):
        if number <= done or number >= len(lines) or not survey.possible(number):
            continue
        ad = _own(survey, number)
        if ad and _announced(survey.draft, ad.lines, listed):
            done = ad.lines[-1]
            listed.update(ad.lines)
            yield ad._replace(shown=True)
        elif ad:
            if number - 1 > done and _begins_before(survey, ad):
                ad = ad._replace(lines=range(number - 1, ad.lines.stop))
            done = ad.lines[-1]
            yield ad


def _announced(draft: Draft, numbers: range, listed: set[int]) -> bool:
    """Whether the author lists the lines: a list is announced before them, and goes on in short lines after them."""
    lines = draft.lines()
    before, after = draft.neighbour(numbers[0], -1), draft.neighbour(numbers[-1], 1)
    if before is None or after is None:
        return False
    announced = before in listed or bool(_ANNOUNCES.search(lines[before].text))
    return announced and len(lines[after].text) <= _LIST_LINE and not SENTENCE_END.search(lines[after].text)


def _own(survey: Survey, number: int) -> _Ad | None:
    """The ad that starts with line ``number``, if there is one."""
    lines = survey.draft.lines()
    best: _Ad | None = None
    best_score = 0
    for last in range(number, min(number + MOST_LINES, len(lines))):
        if lines[last].blank or (last > number + 1 and not best and last not in survey.lines):
            break
        if last > number and start_class(lines[last].text.strip()) in "BL":
            break  # an item of the author's, not the ad's second line
        part = survey.stretch(number, last)
        if len(part.text) > LONGEST:
            break
        unit = _whole(survey, part, number, last)
        if unit and unit.rule and (unit.score > best_score or _runs_over(survey, part, lines[last].start)):
            best, best_score = _Ad(range(number, last + 1), unit.rule), unit.score
        if FINISHED.search(part.text):
            break
    return best


def _whole(survey: Survey, part: Shadow, number: int, last: int) -> Unit | None:
    """The lines as one unit, if it is an ad from its first letter to its last."""
    text = part.text
    hits = survey.hits(part)
    extra = survey.circumstances(number, hits) if number == last else 0
    whole = add_up(text, 0, len(text), hits, extra)
    if not whole.is_ad:
        return None
    for start, end in sentences(text, hits):
        if add_up(text, start, end, hits).score < BESIDE and _SPEAKS.search(text, start, end):
            return None
    return whole


def _begins_before(survey: Survey, ad: _Ad) -> bool:
    """Whether the line before an ad holds the beginning of it and nothing else."""
    number, last = ad.lines[0], ad.lines[-1]
    before = survey.draft.lines()[number - 1] if number else None
    if before is None or before.blank or len(before.text) > _SHORT or FINISHED.search(before.text):
        return False
    part = survey.stretch(number - 1, number - 1)
    unit = add_up(part.text, 0, len(part.text), survey.hits(part))
    return unit.half and _whole(survey, survey.stretch(number - 1, last), number - 1, last) is not None


def _runs_over(survey: Survey, part: Shadow, offset: int) -> bool:
    """Whether evidence lies across ``offset``, where the last line starts, and that line holds little else."""
    join = bisect_left(part.offsets, offset)
    hits = survey.hits(part)
    if not any(hit.start < join < hit.end for hit in hits):
        return False
    clipped = [hit._replace(start=max(hit.start, join)) for hit in hits if hit.end > join]
    return add_up(part.text, join, len(part.text), clipped).covered >= PURE


def _goes_on(survey: Survey, ad: range, ads: set[int]) -> bool:
    """Whether the sentence of an ad begins in the line before or ends in the line after.

    Taking the line alone would leave half an ad behind, or a syllable of it. A neighbour that is an ad of its own
    (``ads`` are the lines of all of them) is no part of it.
    """
    draft = survey.draft
    lines = draft.lines()
    first, last = ad[0], ad[-1]
    before = draft.neighbour(first, -1)
    if before is not None and before not in ads and not FINISHED.search(squeeze(lines[before].text[-_REACH:])):
        whole = survey.between(max(lines[before].start, lines[before].end - _REACH), lines[last].end)
        join = bisect_left(whole.offsets, lines[first].start)
        if _one_sentence(survey, whole, last_sentence(whole.text[:join]), join, len(whole.text)):
            return True
    after = draft.neighbour(last, 1)
    if after is None or after in ads or FINISHED.search(squeeze(lines[last].text)):
        return False
    whole = survey.between(lines[first].start, min(lines[after].end, lines[after].start + _REACH))
    join = bisect_left(whole.offsets, lines[after].start)
    ending = SENTENCE_END.search(whole.text, join)
    return _one_sentence(survey, whole, 0, join, ending.end() if ending else len(whole.text))


def _one_sentence(survey: Survey, part: Shadow, start: int, join: int, end: int) -> bool:
    """Whether what stands on the two sides of ``join`` is one ad: evidence across it, little else around."""
    hits = [hit for hit in survey.hits(part) if hit.end > start and hit.start < end]
    if not any(hit.start < join < hit.end for hit in hits) and not (
        add_up(part.text, start, join, hits).half and add_up(part.text, join, end, hits).half
    ):
        return False
    unit = add_up(part.text, start, end, hits)
    return unit.is_ad and unit.covered >= PURE


# --- inside a line ----------------------------------------------------------------------------------------


def _inside(survey: Survey, taken: set[int]) -> Iterator[Edit]:
    """Edits for ads that are sentences or brackets of a longer line; ``taken`` lines are gone already."""
    draft = survey.draft
    lines = draft.lines()
    done = 0
    for number in sorted(survey.lines):
        if number in taken or number >= len(lines) or not survey.possible(number):
            continue
        part = shadow(draft.text, lines[number].start, lines[number].end)
        for unit in glued_ads(part, survey.hits(part)):
            start, end = part.span(unit.start, unit.end)
            if unit.rule and start >= done:
                done = end
                yield from draft.delete(start, end, unit.rule.name, unit.rule.reason)
        for start, end, rule in _over_the_end(survey, number, taken, done):
            done = end
            yield from draft.delete(start, end, rule.name, rule.reason)


def _over_the_end(survey: Survey, number: int, taken: set[int], done: int) -> list[tuple[int, int, Rule]]:
    """Two pieces to cut where an ad starts in one line and ends in the next, which nothing has joined."""
    lines = survey.draft.lines()
    after = survey.draft.neighbour(number, 1)
    if after is None or after in taken:
        return []
    whole = survey.between(
        max(lines[number].start, lines[number].end - _REACH), min(lines[after].end, lines[after].start + _REACH)
    )
    join = bisect_left(whole.offsets, lines[after].start)
    start = last_sentence(whole.text[:join])
    ending = SENTENCE_END.search(whole.text, join + 1)
    for hit in survey.hits(whole):
        if ending and hit.kind in ("address", "obfuscation") and hit.start < ending.start() < hit.end - 1:
            ending = SENTENCE_END.search(whole.text, hit.end)
    end = ending.end() if ending else len(whole.text)
    if not start < join < end or end - start > LONGEST or whole.offsets[start] < done:
        return []
    if not _one_sentence(survey, whole, start, join, end):
        return []
    rule = add_up(whole.text, start, end, survey.hits(whole)).rule or OBFUSCATED
    first, second = whole.span(start, join), whole.span(join, end)
    if second[1] >= lines[after].end:
        second = (lines[number].end, lines[after].end)  # nothing stays on that line, so it goes
    elif first[0] <= lines[number].start:
        first = (lines[number].start, lines[after].start)
    return [(*first, rule), (*second, rule)]
