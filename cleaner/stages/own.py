"""Rules of the user's own: what his packs name goes, and nothing else.

Phrases are looked for in the shadow of the text, across a line end too; patterns in the text as it stands, for a
limited time. What has lines of its own goes before the breaks are judged, so that the sentence it stands in can be
seen to run on; the rest goes after it, when what a printer or a page marker split is whole again.
"""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.patterns import lazy_plain
from cleaner.rules import OWN, Rule, own
from cleaner.shadow import Shadow, shadow, squeeze

SECONDS = 2.0
"""How long one pattern may look at a document, all its matches together ..."""
SECONDS_PER_MILLION = 1.0
"""... and how much longer for each million characters: a slow pattern with an end reads five in a second."""

# A phrase of fewer characters is taken as it is written: folded, ① would be any 1, and the last characters of a
# line with the first of the next would too often be one by chance.
_SHORT = 4


class Overrun(NamedTuple):
    """A rule took too long for this document and is switched off in it."""

    rule: str
    warning: str


class _Found(NamedTuple):
    """What a rule found, in offsets of the draft."""

    start: int
    end: int
    rule: Rule
    replacement: str


def propose(draft: Draft, config: Config) -> Iterator[Edit | Overrun]:
    """Take out what has lines of its own, and what holds the marks of tags, which the next stage would take apart."""
    if config.rules:
        yield from _Search(draft, config).own_lines()


def propose_inside(draft: Draft, config: Config) -> Iterator[Edit | Overrun]:
    """Take out what is left: inside paragraphs, and on lines that were not whole before."""
    if config.rules:
        yield from _Search(draft, config).everything()


class _Search:
    """What the rules find in one draft, and the edits that follow from it."""

    def __init__(self, draft: Draft, config: Config) -> None:
        self.draft = draft
        self.text = draft.text
        self.starts = [line.start for line in draft.lines()]
        self.inks: dict[int, tuple[int, int]] = {}
        self.overruns: list[Overrun] = []
        rules = [rule for rule in own(config.rules) if config.wants(OWN, rule.name)]
        folded = _Folded(draft) if any(rule.phrases for rule in rules) else None
        found: list[_Found] = []
        for rule in rules:
            try:
                if folded and rule.phrases:
                    found += [_Found(*span, rule, rule.replacement) for span in folded.spans(rule)]
                else:
                    found += _matches(rule, draft.text)
            except TimeoutError:
                self.overruns.append(Overrun(rule.name, _warning(rule)))
        self.found = found

    def own_lines(self) -> Iterator[Edit | Overrun]:
        """Edits for what can be judged before the lines are joined."""
        yield from self.overruns
        for group in self._groups(_apart(map(self._with_line, self.found))):
            if self._has_own_lines(group):
                yield from self._delete_lines(group)
            elif any(_TAG.search(self.text, each.start, each.end) for each in group):
                yield from self._replace_all(group)

    def everything(self) -> Iterator[Edit | Overrun]:
        """Edits for all that was found."""
        yield from self.overruns
        for group in self._groups(_apart(map(self._with_sentence, map(self._with_line, self.found)))):
            yield from self._delete_lines(group) if self._has_own_lines(group) else self._replace_all(group)

    def _line(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def _with_line(self, found: _Found) -> _Found:
        if found.rule.whole != "line":
            return found
        first, last = self._ink_lines([found])
        lines = self.draft.lines()
        return found._replace(start=lines[first].start, end=lines[last].end)

    def _with_sentence(self, found: _Found) -> _Found:
        """The find with the sentence around it, as far as its line reaches."""
        if found.rule.whole != "sentence":
            return found
        first, last = self._ink_lines([found])
        start, end = self.draft.lines()[first].start, self.draft.lines()[last].end
        before = bisect_right(self.sentence_ends, found.start) - 1
        after = bisect_left(self.sentence_ends, found.end)
        if before >= 0:
            start = max(start, self.sentence_ends[before])
        if after < len(self.sentence_ends):
            end = min(end, self.sentence_ends[after])
        return found._replace(start=min(_skip_blanks(self.text, start), found.start), end=max(found.end, end))

    @cached_property
    def sentence_ends(self) -> list[int]:
        """Where sentences end in the whole text: looked for at each find, a long line would take for ever."""
        return [mark.end() for mark in _SENTENCE_END.finditer(self.text)]

    def _groups(self, found: list[_Found]) -> Iterator[list[_Found]]:
        """Finds with nothing but white space between them."""
        group: list[_Found] = []
        for each in found:
            if group and self.text[group[-1].end : each.start].strip():
                yield group
                group = []
            group.append(each)
        if group:
            yield group

    def _ink_lines(self, group: list[_Found]) -> tuple[int, int]:
        """The first and the last line with more than white space of the group."""
        start, end = group[0].start, group[-1].end
        stretch = self.text[start:end]
        blanks = len(stretch) - len(stretch.lstrip())
        return self._line(start + blanks), self._line(max(start, start + len(stretch.rstrip()) - 1))

    def _has_own_lines(self, group: list[_Found]) -> bool:
        start, end = group[0].start, group[-1].end
        if any(each.replacement for each in group) or not self.text[start:end].strip():
            return False
        first, last = self._ink_lines(group)
        return start <= self._ink(first)[0] and self._ink(last)[1] <= end

    def _ink(self, number: int) -> tuple[int, int]:
        """Where a line has its first character that is no white space, and where its last one ends."""
        if number not in self.inks:
            line = self.draft.lines()[number]
            start = line.end - len(line.text.lstrip())
            self.inks[number] = start, line.start + len(line.text.rstrip())
        return self.inks[number]

    def _delete_lines(self, group: list[_Found]) -> Iterator[Edit]:
        """Take the lines of the group out, each under the name of the rule that found it."""
        start, end = self.draft.lines_span(*self._ink_lines(group))
        lines = self.draft.lines()
        borders = [start, *(max(start, lines[self._line(each.start)].start) for each in group[1:]), end]
        for each, (low, high) in zip(group, pairwise(borders), strict=True):
            if low < high:
                yield from self.draft.delete(low, high, each.rule.name, each.rule.reason)

    def _replace_all(self, group: list[_Found]) -> Iterator[Edit]:
        for before, each, after in zip([None, *group], group, [*group[1:], None], strict=False):
            start, end = (each.start, each.end) if each.replacement else self._with_blanks(before, each, after)
            yield from self.draft.replace(start, end, each.replacement, each.rule.name, each.rule.reason)

    def _with_blanks(self, before: _Found | None, each: _Found, after: _Found | None) -> tuple[int, int]:
        """The stretch to delete: with the blanks that would be left doubled, or at the end of a line."""
        start, end = each.start, each.end
        if not self.text[start:end].strip():
            return start, end
        blanks = _skip_blanks(self.text, end)
        if self.text[blanks : blanks + 1] in ("", "\n", "\r"):
            floor = max(self.starts[self._line(start)], before.end if before else 0)
            return floor + len(self.text[floor:start].rstrip()), blanks
        doubled = start == 0 or self.text[start - 1].isspace() or (after is not None and after.start == blanks)
        return start, blanks if doubled else end


def _warning(rule: Rule) -> str:
    return (
        f"rule {rule.name} ({rule.file}:{rule.line}) takes too long and is switched off for this document; "
        "it tries too many ways to match, make its pattern plainer"
    )


def _apart(found: Iterable[_Found]) -> list[_Found]:
    """Of two finds that overlap the first keeps its place, of two that start together the longer one."""
    kept: list[_Found] = []
    end = 0
    for each in sorted(found, key=_place):
        if each.start < end:
            if each.end <= end or each.replacement or kept[-1].replacement:
                continue
            each = each._replace(start=end)  # both are to go: the second is what the first left of it
        kept.append(each)
        end = each.end
    return kept


def _place(found: _Found) -> tuple[int, int]:
    return found.start, -found.end


def _skip_blanks(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


_BLANKS = lazy_plain(r"[^\S\r\n]*")
# What the stage for markup would take away or change.
_TAG = lazy_plain(r"[<>&]")
# A question mark inside an address ends nothing.
_SENTENCE_END = lazy_plain(r"(?:[。！？…]|[!?](?![\w/=&]))+[”’」』）)】\]\"]*")


# --- patterns ---------------------------------------------------------------------------------------------


def _matches(rule: Rule, text: str) -> list[_Found]:
    """Raises ``TimeoutError`` when all searches together take too long: the engine limits only one."""
    found: list[_Found] = []
    if not rule.possible(text):
        return found
    left = SECONDS + SECONDS_PER_MILLION * len(text) / 1_000_000
    at = 0
    while at <= len(text):
        start = time.process_time()
        match = rule.compiled.search(text, at, timeout=left)
        if match is None:
            break
        left -= time.process_time() - start
        if left <= 0:
            raise TimeoutError
        replacement = match.expand(rule.replacement) if rule.replacement else ""
        if match[0] and match[0] != replacement:
            found.append(_Found(match.start(), match.end(), rule, replacement))
        at = match.end() + (not match[0])
    return found


# --- phrases ----------------------------------------------------------------------------------------------


class _Folded:
    """The shadow of a draft without line ends; the map back is made only for lines on which something is found."""

    def __init__(self, draft: Draft) -> None:
        self._text = draft.text
        self._lines = draft.lines()
        folded = [squeeze(line.text) for line in self._lines]
        self._starts = [0, *accumulate(map(len, folded))]
        self._folded = "".join(folded)
        self._shadows: dict[int, Shadow] = {}

    def spans(self, rule: Rule) -> Iterator[tuple[int, int]]:
        """Where the phrases of ``rule`` stand."""
        for phrase in rule.phrases:
            folded = _fold(phrase)
            at = self._folded.find(folded)
            while at >= 0:
                span = self._span(at, at + len(folded))
                right = span is not None and _says(self._text, *span, phrase)
                if span and right:
                    yield span
                at = self._folded.find(folded, at + (len(folded) if right else 1))

    def _span(self, start: int, end: int) -> tuple[int, int] | None:
        """The place in the draft; None if there is a blank line in it."""
        first, last = self._line(start), self._line(end - 1)
        if any(self._starts[line] == self._starts[line + 1] for line in range(first, last)):
            return None
        return self._character(first, start)[0], self._character(last, end - 1)[1]

    def _line(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _character(self, line: int, at: int) -> tuple[int, int]:
        if line not in self._shadows:
            self._shadows[line] = shadow(self._text, self._lines[line].start, self._lines[line].end)
        at -= self._starts[line]
        return self._shadows[line].span(at, at + 1)


def _fold(phrase: str) -> str:
    return squeeze(phrase).replace("\n", "")


def _says(text: str, start: int, end: int, phrase: str) -> bool:
    """Whether ``text[start:end]``, which has the shadow of ``phrase``, is that phrase to a reader.

    >>> _says("更多小 说", 0, 5, "更多小说"), _says("见①。", 1, 2, "1"), _says("this land", 2, 8, "island")
    (True, False, False)
    >>> _says("QQ群1234567", 0, 8, "QQ群12345")
    False
    """
    found, folded = text[start:end], _fold(phrase)
    if _fold(found) != folded:  # half of a character such as ㈱
        return False
    if _in_word(text, start) or _in_word(text, end):
        return False
    if len(folded) < _SHORT:
        return "\n" not in found and _ink(found) == _ink(phrase)
    if _WORDS.fullmatch(folded):  # between Latin words the space says where they end
        return found.lower().split() == phrase.lower().split()
    return True


_WORDS = lazy_plain("[a-z']+")


def _in_word(text: str, at: int) -> bool:
    """Whether ``at`` stands inside a Latin word or a number."""
    sides = text[at - 1 : at + 1] if at else ""
    return len(sides) == 2 and sides.isascii() and sides.isalnum()


def _ink(text: str) -> str:
    return "".join(character for character in text if _fold(character))
