"""Furniture that returns without a page number: heads that cut sentences, and the lines of a screen.

Repetition alone is never enough; a refrain returns too. What proves it:

=================  ============================================================================================
what               taken when
=================  ============================================================================================
a head             the same line, or the same first field of one, three times or more at even distance, all inside a
                   sentence; two out of three are enough if it stands there four times or more, one for the title
                   of the document that stands twice at its top
a head             the same line, three times or more in printed text, the pages alike to the line
a notice           one to three lines, sentences or not, three times or more, every one but the last inside a
                   sentence
a screen's line    the same but for its figures, three times or more; every figure only rises or only falls, as
                   a clock, a battery, a percentage and a place in a book do; some inside a sentence (where the
                   text is printed lines: most); and two figures move, or other lines return beside it, or it
                   is a percentage that is nearly always inside a sentence
another of these   once, between two of them; it names one of their figures, with a value between theirs
=================  ============================================================================================

A time alone is no sign: transcripts and chats have one above every speech.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from cleaner.markers import LONGEST
from cleaner.page_evidence import ENOUGH
from cleaner.page_sizes import PAGE, evenness, median
from cleaner.patterns import lazy, lazy_plain
from cleaner.sequences import Chain
from cleaner.survey import DEPTH, LONG, NEAREST, Candidate, Survey, distance, printed_width
from cleaner.words import meet_in_word

_HAN = lazy(r"\p{Han}")
# The share of them that cut a word in printed text: a third do where lines fall blindly, one in fifty elsewhere.
_SPLIT = 0.25
_ANNOUNCES = ("：", ":")
_NOTICE, _SPOKEN = 3, 6  # lines of a notice at most, and the letters of its longest line at least
_SCREENS = 20  # templates for which others are looked for: keeps the search linear
_GAP = lazy(r"\s{2,}|[\u3000\t]")  # white space that sets the parts of a head apart
_LETTER = lazy(r"\p{L}")
_DIGIT = lazy_plain(r"\d+")
_FIGURE = lazy(r"\d{1,2}(?::\d\d){1,2}(?!\d)|\d+(?:\.\d+)?")
# An entry of a record: its neighbours have labels too.
_ENTRY = lazy(r"\s*\p{L}[^:：]{0,30}[:：]\s{0,8}\S")
_ENDS = lazy(r"[。！？!?…；;：:，,]$|[a-z\d]{2}\.$")


def heads_alone(survey: Survey) -> list[Chain]:
    """Running heads of a text without numbers and form feeds, as in the table above.

    There is always other text around them: a refrain follows finished lines, and a licence that returns brings
    its neighbours along.
    """
    keys = [_keys(survey.lines[index].text) for index in survey.short]
    lines = [index for index, own in zip(survey.short, keys, strict=True) for _ in own]
    places = _returning(list(chain.from_iterable(keys)), lines)
    found = []
    for text, at in places.items():
        if at[0] == survey.top and "http" not in text:
            at = at[1:]  # the title, or the head of the first page
        if len(at) < 3 or len(_HAN.findall(text)) < 2 or _ENDS.search(text):
            continue
        run = _numbered(survey, at, text)
        apart = all(distance(survey, a, b) >= NEAREST or survey.ends(b.last, 1) for a, b in pairwise(run))
        if not apart or survey.in_repeated_passage(run, frozenset(survey.shadow(index) for index in at)):
            continue
        if (evenness(survey, run) and _cut_enough(survey, at)) or _alike_to_the_line(survey, at):
            found.append(Chain(tuple(run), ENOUGH))
            if places[text][0] < at[0] and _cut_short(survey, text):
                found.append(Chain((Candidate(survey.top, survey.top, 0, None, "other", text),), ENOUGH))
    return found


def notices_alone(survey: Survey) -> list[Chain]:
    """The same one to three lines, three times or more, every one but the last of a document inside a sentence.

    They may be sentences themselves: no refrain, no saying of a teller cuts every sentence it meets.
    """
    found = []
    taken: set[int] = set()
    own = [index for index in survey.short if not _is_full(survey, index)]
    for at in _returning(survey.shadows(own), own).values():
        if not taken.isdisjoint(at):
            continue
        columns = _alike(survey, at)
        if len(columns) > _NOTICE:
            continue  # a whole passage
        blocks = list(zip(*columns, strict=True))
        inner = [block for block in blocks if not survey.ends(block[-1])]
        if survey.lines[blocks[0][-1]].text.rstrip().endswith(_ANNOUNCES):
            continue  # it announces what follows
        if any(_is_full(survey, index) for index in blocks[0]):
            continue
        # The heads of a table's columns return too, but each is a word.
        spoken = max(len(_HAN.findall(survey.shadow(index))) for index in blocks[0])
        cut = sum(1 for block in inner if survey.cuts(block[0], block[-1], frozenset()))
        if spoken < _SPOKEN or len(inner) < 2 or cut < len(inner):
            continue
        # In printed text the last line of a paragraph stands after an open line too, and the next one says nothing.
        printed = len(columns) == 1 and not survey.paragraphs_on_lines
        if printed and sum(_cuts_word(survey, block) for block in inner) < max(2, len(inner) * _SPLIT):
            continue
        for block in blocks:
            taken.update(block)
            found.append(Chain(tuple(Candidate(index, index, 0, None, "other", "") for index in block), ENOUGH))
    return found


def _is_full(survey: Survey, index: int) -> bool:
    """Whether a line is about as wide as most: that is the text's own."""
    return 4 * printed_width(survey.lines[index].text.strip()) > 3 * survey.measure


def _cuts_word(survey: Survey, block: tuple[int, ...]) -> bool:
    """Whether the lines on both sides of ``block`` meet in a common word, and not at the indent of a paragraph."""
    before, after = survey.near(block[0] - 1, -1, 1), survey.near(block[-1] + 1, 1, 1)
    if not before or not after:
        return False
    one, last, other = (survey.lines[index].text for index in (before[0], block[-1], after[0]))
    indented = other[:1].isspace() and not last[:1].isspace()
    return not indented and meet_in_word(one.rstrip(), other.lstrip())


def _alike(survey: Survey, at: list[int]) -> list[list[int]]:
    """The places, and those of the lines beside that are alike at all of them, up to one too many for a notice."""
    columns = [at]
    for side in (-1, 1):
        while len(columns) <= _NOTICE:
            edge = columns[0] if side < 0 else columns[-1]
            beside = [survey.near(index + side, side, 1) for index in edge]
            if not all(beside) or len({survey.shadow(near[0]) for near in beside}) > 1:
                break
            column = [near[0] for near in beside]
            columns = [column, *columns] if side < 0 else [*columns, column]
    return columns


def _returning(keys: Sequence[str], lines: Sequence[int]) -> dict[str, list[int]]:
    """The ``lines`` of each key that returns: it is that of three of them or more."""
    often = {key for key, count in Counter(keys).items() if count > 2}
    places: dict[str, list[int]] = {}
    for key, index in zip(keys, lines, strict=True):  # most come once: to list those too took three times as long
        if key in often:
            places.setdefault(key, []).append(index)
    return places


def _keys(text: str) -> tuple[str, ...]:
    """What is compared: the line and its first field, for the last may be a leaf, a chapter or a code."""
    words = text.split()  # white space is the scanner's
    if len(words) < 2:
        return tuple(words)
    whole, field = "".join(words), "".join(_GAP.split(text.strip(), 1)[0].split())
    return (whole,) if field == whole else (whole, field)


def _numbered(survey: Survey, at: list[int], text: str) -> list[Candidate]:
    """The lines as members of a chain; where twice the usual text is between two of them, one is missing."""
    usual = median([survey.lines[b].start - survey.lines[a].start for a, b in pairwise(at)])
    run, number = [Candidate(at[0], at[0], 1, None, "other", text)], 1
    for one, other in pairwise(at):
        number += max(1, round((survey.lines[other].start - survey.lines[one].start) / usual))
        run.append(Candidate(other, other, number, None, "other", text))
    return run


def _cut_short(survey: Survey, head: str) -> bool:
    """Whether the first line, a head, is the beginning of a longer title under it."""
    under = survey.near(survey.top + 1, 1, 1)
    title = survey.lines[under[0]].text.strip() if under else ""
    return len(head) >= LONG and title != head and title.startswith(head) and not _ENDS.search(title)


def _cut_enough(survey: Survey, at: list[int]) -> bool:
    """Whether enough of the lines that have text after them interrupt a sentence, as the table says."""
    cut = sum(1 for index in at if survey.cuts(index, index, frozenset()) and not _between_commands(survey, index))
    inner = len(at) - survey.ends(at[-1])
    twice = survey.near(survey.top, 1, 2)[1:] == at[:1] and survey.shadow(at[0]) == survey.shadow(survey.top)
    return (cut == inner if len(at) == 3 else cut * 3 >= inner * 2) or (twice and cut > 0)


def _between_commands(survey: Survey, index: int) -> bool:
    """Whether a line stands between Latin letters, below a short line: as ``同上`` does in a list of commands."""
    before, after = survey.near(index - 1, -1, 1), survey.near(index + 1, 1, 1)
    if not before or not after:
        return False
    above = survey.lines[before[0]].text.strip()
    latin = above[-1].isascii() and survey.lines[after[0]].text.strip()[0].isascii()
    return latin and 4 * printed_width(above) < 3 * survey.broadest


def _alike_to_the_line(survey: Survey, at: list[int]) -> bool:
    """Whether the pages between the lines are of one line count, and what is before and after them fits on one."""
    if survey.paragraphs_on_lines or not survey.punctuated:
        return False
    first, *whole, last = survey.counts([-1, *at, len(survey.lines)])
    if not last and len(whole) > 2:
        *whole, last = whole
    return (
        len(whole) > 1
        and min(whole) >= 2 * PAGE
        and max(whole) - min(whole) <= 1
        and last <= max(whole)
        and first <= max(whole) + DEPTH
    )


class _Screen(NamedTuple):
    """Lines alike but for their figures, and the figures of each."""

    lines: list[int]
    figures: list[tuple[float, ...]]
    clocks: tuple[bool, ...]
    units: tuple[str, ...]

    @property
    def monotone(self) -> bool:
        """Whether every figure only rises or only falls."""
        return all(
            all(a <= b for a, b in pairwise(column)) or all(a >= b for a, b in pairwise(column))
            for column in zip(*self.figures, strict=True)
        )

    @property
    def moving(self) -> list[int]:
        """The figures that are not always the same."""
        return [at for at, column in enumerate(zip(*self.figures, strict=True)) if len(set(column)) > 1]


def screen_lines(survey: Survey) -> list[Chain]:
    """The lines of screens, as in the table above."""
    numbered = [at for at in survey.figured if len(text := survey.lines[at].text) <= LONGEST and _DIGIT.search(text)]
    groups = _returning([_DIGIT.sub("0", text) for text in survey.shadows(numbered)], numbered)
    found = []
    taken: set[int] = set()
    for key, lines in groups.items():
        # Who signs with an address and the hour is an author, of a log of changes say.
        if not _LETTER.search(key) or _ENDS.search(key) or "@" in key:
            continue
        screen = _screen(survey, lines)
        if screen is not None and _is_screen(survey, screen):
            found.append(_chain(lines, key))
            if len(found) < _SCREENS:
                others = [index for index in _others(survey, screen) if index not in taken]
                found += [_chain([index], key) for index in others]
                taken.update(others)
            taken.update(lines)
    return found


def _chain(lines: list[int], key: str) -> Chain:
    return Chain(tuple(Candidate(at, at, number, None, "other", key) for number, at in enumerate(lines, 1)), ENOUGH)


def _key(survey: Survey, index: int) -> str:
    return _DIGIT.sub("0", survey.shadow(index))


def _screen(survey: Survey, lines: list[int]) -> _Screen | None:
    matches = [list(_FIGURE.finditer(survey.shadow(index))) for index in lines]
    if len({len(match) for match in matches}) != 1:
        return None
    figures = [tuple(_value(one.group()) for one in match) for match in matches]
    text = survey.shadow(lines[0])
    units = tuple(_unit(text, one.start(), one.end()) for one in matches[0])
    return _Screen(lines, figures, tuple(":" in one.group() for one in matches[0]), units)


def _value(figure: str) -> float:
    value = 0.0
    for part in figure.split(":"):
        value = value * 60 + float(part)
    return value


def _unit(text: str, start: int, end: int) -> str:
    """What a figure counts: the per cent sign after it, or two letters before it."""
    if text[end : end + 1] == "%":
        return "%"
    before = text[max(0, start - 2) : start]
    return before if len(before) == 2 and before.isalpha() else ""


def _is_screen(survey: Survey, screen: _Screen) -> bool:
    moving = screen.moving
    if not moving or not screen.monotone or any(survey.introduced(index) for index in screen.lines):
        return False
    if all(_in_record(survey, index) for index in screen.lines):
        return False
    run = list(_chain(screen.lines, "").members)
    if any(distance(survey, a, b) < NEAREST for a, b in pairwise(run)):
        return False
    beside = _beside(survey, screen.lines)
    near = (at for index in screen.lines for at in _around(survey, index))
    furniture = frozenset(survey.shadow(at) for at in near if _key(survey, at) in beside)
    if survey.in_repeated_passage(run, furniture):
        return False
    cut = sum(1 for index in screen.lines if survey.cuts(index, index, furniture))
    mostly = cut > 1 and cut * 3 >= 2 * len(run)
    if not cut or not (mostly or survey.paragraphs_on_lines):
        return False
    counts = [at for at in moving if not screen.clocks[at]]
    per_cent = mostly and any(screen.units[at] == "%" for at in counts)
    return bool(beside) or (len(moving) > 1 and bool(counts)) or per_cent


def _in_record(survey: Survey, index: int) -> bool:
    """Whether a line is one entry of several: a program's report names its figures, one below the other."""
    above = survey.near(index - 1, -1, 1)
    return all(_ENTRY.match(survey.lines[at].text) for at in [index, *above]) and bool(above)


def _around(survey: Survey, index: int) -> list[int]:
    return survey.near(index - 1, -1, 2) + survey.near(index + 1, 1, 2)


def _beside(survey: Survey, lines: list[int]) -> frozenset[str]:
    """What stands beside most of the lines, figures aside."""
    counts = Counter(key for index in lines for key in {_key(survey, at) for at in _around(survey, index)} - {""})
    own = _key(survey, lines[0])
    return frozenset(key for key, count in counts.items() if key != own and count > 1 and count * 2 >= len(lines))


def _others(survey: Survey, screen: _Screen) -> Iterator[int]:
    """Lines between two of the screen's that name one of its figures, with a value that fits."""
    units = {screen.units[at]: at for at in screen.moving if screen.units[at]}
    for (one, low), (other, high) in pairwise(zip(screen.lines, screen.figures, strict=True)):
        for index in range(one + 1, other):
            text = survey.shadow(index)
            if not text or len(text) > LONGEST // 2 or _ENDS.search(text) or survey.introduced(index):
                continue
            for figure in _FIGURE.finditer(text):
                at = units.get(_unit(text, figure.start(), figure.end()))
                if at is not None and min(low[at], high[at]) <= _value(figure.group()) <= max(low[at], high[at]):
                    yield index
                    break
