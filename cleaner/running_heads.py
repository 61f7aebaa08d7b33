"""Running heads and feet: lines that return at page edges, told from lines that merely return.

A *page edge* is an accepted page marker, a form feed, or both together. At each edge the lines are peeled
off from the outside in: the outermost line of the page above, the outermost line of the page below. A line
is furniture if its text (digits masked, white space dropped) is peeled off

===========================================  ================================================================
at 3 edges or more                           and at half of all edges
at 2 edges or more that have page numbers    and 3 of 5 edges have a repeated line in this place
at 1 edge that has a page number             and it is the title of the document
under a line just accepted                   nearly as often: a head of two lines, the rule above a foot
at 2 page numbers, with others by turns      and it interrupts a sentence: both lines around are printed
(the text may differ each time)              lines, the first full and open, and it is neither
===========================================  ================================================================

and if it stands at edges more often than elsewhere, has letters (or is at nearly every edge: a date), is no
sentence and no table row. A title that heads four of twenty slides is content; a chapter's name that heads
four of twenty numbered pages is not: there the other sixteen have such a line too.

Repetition alone is never enough: a refrain, a speaker's name and ``得分`` return too. The title of the
document stays once: the first line goes only if one of the next lines says the same, if it is under the line of
a screen, if it is nothing but labels with their values, or if it is a masthead: columns over a title that other
heads name, together with one of the columns.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import dropwhile, pairwise, takewhile
from typing import NamedTuple

from cleaner.markers import LONGEST, shadow
from cleaner.patterns import lazy, lazy_plain
from cleaner.rules import builtin
from cleaner.sequences import Chain
from cleaner.survey import DEPTH, Survey, printed_width

_DIGIT = lazy_plain(r"\d+")
# Han characters, and the radicals, signs and compatibility forms that NFKC makes such of.
_MAYBE_HAN = lazy_plain(
    r"[\u2e80-\u2fd5\u3038-\u303a\u3192-\u33fe\u4e00-\u9fff\uf900-\ufad9\U0001f210-\U0001f251\U0002f800-\U0002fa1c]"
)
_LETTER = lazy(r"\p{L}")
_ENDS = lazy(r"[。！？!?；;：:，,、{}]$|[。！？]")
_RUNS_ON = lazy(r"[。！？!?…；;：:，,、.”」』’)）]$|[。！？!?；;，,]|^[^\w]*\p{Ll}")
_DATE = lazy(r"\d{4}(?:年\d{1,2}月(?:\d{1,2}日)?|[-/.]\d{1,2}(?:[-/.]\d{1,2})?)")
_LABELLED = lazy(r"(?:\p{L}{2,8}:[^:]*\d[^:]*?){2,}$")
_WIDE = lazy(r"\s{3,}")
_LONG_HEAD = 20  # cells with which no two titles begin by chance
_CENTRED = 8  # cells before a centred line at least: paragraphs are indented by four
_SITE_NAME = 4  # characters of a site's name before what it trades in
_COLUMNS = lazy(r"\t|\S\s{2,}(?=\S)|\|")


class Edge(NamedTuple):
    """Where two pages meet: lines ``low`` to ``high`` are a marker or empty, pages are before and after."""

    low: int
    high: int
    numbered: bool
    feed: int
    """The first line after the form feed; ``low`` without one."""


class Head(NamedTuple):
    """A line of page furniture; ``side`` is -1 for a foot, 1 for a head."""

    line: int
    side: int


class _Slot(NamedTuple):
    """A text that is outermost at one side of some edges."""

    key: str
    side: int
    places: tuple[int, ...]
    lines: tuple[int, ...]
    share: float
    """Of all edges, those where it is."""
    filled: bool
    """Whether most edges have a repeated text here, this one or another."""

    @property
    def sparse(self) -> bool:
        """Whether it is missing from most edges between its first and its last."""
        return len(self.places) * 5 < (self.places[-1] - self.places[0] + 1) * 2


def _first_han(text: str) -> str:
    """The first Han character of a line, or of its shadow: the same, whatever the line is written with.

    >>> _first_han("（一）总则"), _first_han("㈠总则"), _first_han("Chapter 1")
    ('一', '一', '')
    """
    if "\u4e00" <= text[:1] <= "\u9fff":
        return text[0]  # as nearly every line
    for found in _MAYBE_HAN.finditer(text):
        for character in unicodedata.normalize("NFKC", found[0]):
            if "\u4e00" <= character <= "\u9fff":
                return character
    return ""


def _names_site(line: str) -> bool:
    """Whether a line is nothing but the name of a site that shares texts.

    >>> _names_site("青禾公文网"), _names_site("公文网的写作课")
    (True, False)
    """
    rule = next(rule for rule in builtin("ads") if rule.name == "site-of-trade")
    found = rule.compiled.search(line) if rule.possible(line) else None
    return found is not None and found.end() == len(line) and found.start() <= _SITE_NAME


def _cut_in_word(text: str, core: str) -> bool:
    """Whether ``text`` begins with a head of which a Latin word was cut short; ``core`` has no white space.

    >>> _cut_in_word("Day 5: Relationship of Objects", "day5:relation")
    True
    >>> _cut_in_word("Day 5: Relationship of Objects", "day5:relationship")
    False
    """
    places = [at for at, character in enumerate(text) if not character.isspace()]
    if not 0 < len(core) < len(places) or "".join(text[at] for at in places[: len(core)]).lower() != core:
        return False
    end = places[len(core) - 1]
    return text[end : end + 2].isascii() and text[end : end + 2].isalpha()


def edges(survey: Survey, chains: Iterable[Chain]) -> list[Edge]:
    """The page edges in order; a marker and the form feed beside it are one edge, two numbers of a chain never."""
    found: list[Edge] = []
    spans = [(one.first, one.last, number) for number, chain in enumerate(chains) for one in chain.members]
    spans += [(index, index - 1, -1) for index in survey.breaks]
    held: set[int] = set()
    for low, high, chain in sorted(spans):
        if found and chain not in held - {-1} and _between(survey, found[-1].high, low) < DEPTH:
            one = found[-1]
            feed = one.feed if chain >= 0 else low
            found[-1] = Edge(one.low, max(high, one.high), one.numbered or chain >= 0, feed)
            held.add(chain)
        else:
            found.append(Edge(low, high, chain >= 0, low))
            held = {chain}
    return found


def _between(survey: Survey, above: int, below: int) -> int:
    """Lines that are not blank between two lines, counted up to :data:`DEPTH`."""
    count = 0
    for index in range(above + 1, below):
        count += not survey.lines[index].blank
        if count == DEPTH:
            break
    return count


def heads(survey: Survey, found: list[Chain], screens: Iterable[Chain] = ()) -> list[Head]:
    """All lines that are running heads or feet, at page numbers (``found``), form feeds and edges of screens."""
    screen = {member.first for chain in screens for member in chain.members}
    chains = [*found, *screens]
    places = edges(survey, chains)
    if not places:
        return []
    markers = {
        index for chain in chains for member in chain.members for index in range(member.first, member.last + 1)
    }
    peeling = _Peeling(survey, places, markers, screen)
    for _ in range(DEPTH + 1):
        if not peeling.peel():
            break
    return peeling.finish()


class _Peeling:
    """The state of the peeling: what is off already, and how often each text stands anywhere."""

    def __init__(self, survey: Survey, places: list[Edge], markers: set[int], screen: set[int]) -> None:
        self.survey = survey
        self.screen = screen
        # Before the first lines of text there is no page that ended: see _first_page.
        self.places = [place for place in places if len(survey.near(place.low - 1, -1, DEPTH)) == DEPTH]
        self.off: set[int] = set(markers)
        self.found: dict[int, int] = {}
        self.accepted: dict[tuple[str, int], int] = {}
        self.wrapped: set[tuple[str, str]] = set()
        # The title itself does not count against its repetitions.
        self.start = start = frozenset(survey.near(0, 1, 2 * DEPTH))
        self._counted: dict[str, Counter[str]] = {}
        near = {
            index
            for place in self.places
            for index in (
                *survey.near(place.low - 1, -1, DEPTH),
                *range(place.low, place.high + 1),
                *survey.near(place.high + 1, 1, DEPTH),
            )
        }
        self.at_edges = Counter(self.key(index) for index in near - start)

    def key(self, index: int) -> str:
        return _DIGIT.sub("0", self.survey.shadow(index))

    def _everywhere(self, key: str) -> int:
        """How many lines have this key.

        Only lines with the same first Han character may: to make the keys of all lines took a fifth of the stage.
        """
        first = _first_han(key)
        if first not in self._counted:
            self._counted[first] = Counter(map(self.key, self._by_first_han.get(first, ())))
        return self._counted[first][key]

    @cached_property
    def _by_first_han(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for line in self.survey.lines:
            if not line.blank and line.number not in self.start:
                found[_first_han(line.text)].append(line.number)
        return found

    def _title(self) -> frozenset[str]:
        """What may be the title: the first line that is no running head, alone or run on over three lines."""
        first = [
            i
            for i in self.survey.near(0, 1, 2 * DEPTH)
            if i not in self.off and (self.key(i), 1) not in self.accepted
        ]
        shadows = [self.survey.shadow(index) for index in first[:DEPTH]]
        return frozenset({*shadows[:1], "".join(shadows[:2]), "".join(shadows)} - {""})

    def peel(self) -> bool:
        """Take one line off each side of each edge where it is furniture; whether any was."""
        titles = self._title()
        taken = [slot for slot in self._slots() if self._is_furniture(slot, titles)]
        for slot in taken:
            self.accepted[slot.key, slot.side] = len(slot.lines)
            self.found.update(dict.fromkeys(slot.lines, slot.side))
            self.off.update(slot.lines)
        strangers = [] if taken else list(self._strangers())
        self.found.update(strangers)
        self.off.update(index for index, _ in strangers)
        return bool(taken or strangers)

    def _strangers(self) -> Iterator[tuple[int, int]]:
        """Lines that differ from page to page and interrupt a sentence beside most numbers, each with its side.

        They are no part of it: they are too short to have been broken off, and have no end. A stamp, a date or the
        name of a chapter is such a line where the others have been taken by turns.
        """
        for side in (-1, 1):
            places = [place for place in self.places if place.numbered]
            outer = [(place, index) for place in places for at, index in self._outermost(place) if at == side]
            taken = {place for place in places if self._has_line(place, side)}
            free = [(edge, index) for edge, index in outer if edge not in taken]
            strange = [index for edge, index in free if self._is_stranger(edge, index)]
            if len(strange) + len(taken) > 1 and (len(strange) + len(taken)) * 3 >= 2 * len(places):
                yield from ((index, side) for index in strange)

    def _has_line(self, edge: Edge, side: int) -> bool:
        """Whether a line beside the edge has been taken already."""
        return any(self.found.get(index) == side for index in range(edge.low - DEPTH, edge.high + DEPTH + 1))

    def _is_stranger(self, edge: Edge, index: int) -> bool:
        survey, text = self.survey, self.survey.shadow(index)
        if _RUNS_ON.search(survey.lines[index].text.strip()) or not _LETTER.search(text):
            return False
        if survey.begins_unit(index) or self._is_row(index):
            return False
        if self.off.isdisjoint(survey.near(index - 1, -1, 1) + survey.near(index + 1, 1, 1)):
            return False
        first, last = min(index, edge.low), max(index, edge.high)
        above, below = survey.near(first - 1, -1, DEPTH + 1), survey.near(last + 1, 1, DEPTH + 1)
        before = next((at for at in above if at not in self.off), None)
        taken = frozenset(survey.shadow(at) for at in above + below if at in self.off)
        return (
            before is not None
            and printed_width(text) * 4 < survey.measure * 3 <= printed_width(survey.lines[before].text.strip()) * 4
            and survey.cuts(first, last, taken)
        )

    def _slots(self) -> list[_Slot]:
        """The texts that are outermost now, each with the edges where it is."""
        seen: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
        edges, shared = Counter[int](), Counter[int]()
        for number, edge in enumerate(self.places):
            for side, index in self._outermost(edge):
                edges[side] += 1
                if key := self.key(index):
                    seen[key, side].append((number, index))
        for (_, side), at in seen.items():
            shared[side] += len(at) if len(at) > 1 else 0
        return [
            _Slot(
                key,
                side,
                tuple(number for number, _ in at),
                tuple(index for _, index in at),
                len(at) / edges[side],
                shared[side] * 5 >= edges[side] * 3,
            )
            for (key, side), at in seen.items()
        ]

    def _outermost(self, edge: Edge) -> Iterator[tuple[int, int]]:
        """The lines next to be peeled off at an edge, each with its side."""
        lines = self.survey.lines
        for index in range(edge.low, edge.high + 1):
            if index not in self.off and not lines[index].blank:
                yield (1 if index >= edge.feed else -1), index
        for side, start in ((-1, edge.low - 1), (1, edge.high + 1)):
            near = self.survey.near(start, side, DEPTH + 2)
            outer = next((index for index in near if index not in self.off), None)
            if outer is not None:
                yield side, outer

    def _is_furniture(self, slot: _Slot, titles: frozenset[str]) -> bool:
        """The table above, for one text at one side of the edges."""
        if slot.sparse or any(self._is_row(index) for index in slot.lines):
            return False
        if self._goes_on(slot):
            return True
        title = any(self.survey.shadow(index) in titles for index in slot.lines)
        numbered = sum(self.places[place].numbered for place in slot.places)
        often = (len(slot.lines) >= 3 and slot.share >= 0.5) or (numbered >= 2 and slot.filled)
        if not (often or (title and numbered)) or _ENDS.search(slot.key):
            return False
        constant = slot.share >= 0.8 and len({self.survey.shadow(index) for index in slot.lines}) == 1
        if len(_LETTER.findall(slot.key)) < 2 and not title and not (constant and len(slot.lines) >= 3):
            return False
        # Last, because only a few of the texts beside page edges are still in question, and it is slow.
        return self.at_edges[slot.key] * 5 >= self._everywhere(slot.key) * 3

    def _goes_on(self, slot: _Slot) -> bool:
        """Whether it is the next line of a head of several lines."""
        over = {self._over(index, slot.side) for index in slot.lines}
        if len(over) != 1 or len(slot.lines) < 2:
            return False
        (above,) = over
        if len(slot.lines) * 5 < self.accepted.get((above, slot.side), len(slot.lines) * 9) * 4:
            return False
        self.wrapped.add((above, slot.key))
        return True

    def _over(self, index: int, side: int) -> str:
        """The text of the line directly outside of ``index``."""
        outside = self.survey.near(index - side, -side, 1)
        return self.key(outside[0]) if outside else ""

    def _is_row(self, index: int) -> bool:
        """Whether the line is the head of a table: columns, and columns in the line below that is no page's."""
        inner = [below for below in self.survey.near(index + 1, 1, 1) if below not in self.off]
        return bool(inner) and all(
            len(_COLUMNS.findall(self.survey.lines[i].text.strip())) >= 2 for i in (index, inner[0])
        )

    def finish(self) -> list[Head]:
        """What was found, with the heads of the first page and the feet of the last, which have no edge."""
        self._last_page()
        self._first_page()
        return [Head(index, self.found[index]) for index in sorted(self.found)]

    def _last_page(self) -> None:
        for index in self.survey.near(len(self.survey.lines) - 1, -1, DEPTH):
            if index in self.off:
                continue
            if (self.key(index), -1) not in self.accepted:
                break
            self.found[index] = -1

    def _first_page(self) -> None:
        """The first page has a head too, unless the line is the title itself: that stays, once."""
        first = self.survey.near(0, 1, 2 * DEPTH)
        text = [index for index in first if index not in self.off]
        if text and (masthead := self._masthead(text[0])):
            self.found.update(dict.fromkeys(masthead, 1))
            return
        while len(text) > 1 and (head := self._whole_head(text[:-1])):
            if not self._stands_over(head, text[len(head) :]):
                break
            self.found.update(dict.fromkeys(head, 1))
            text = text[len(head) :]

    def _whole_head(self, text: list[int]) -> list[int]:
        """The first of the lines with those it ran on over, if they are a head on other pages."""
        if not self._is_head_elsewhere(text[0]):
            return []
        pairs = takewhile(lambda pair: (self.key(pair[0]), self.key(pair[1])) in self.wrapped, pairwise(text))
        return [text[0], *(index for _, index in pairs)]

    def _is_head_elsewhere(self, index: int) -> bool:
        # Where a number stands under the head, the head is taken for the foot of the page before.
        return any((self.key(index), side) in self.accepted for side in (1, -1))

    def _stands_over(self, head: list[int], text: list[int]) -> bool:
        """Whether the head goes on the first page too, because the title is in the lines after it or it is none."""
        key, said = self.key(head[0]), self.survey.shadow(head[0])
        under_screen = head[0] - 1 in self.screen and (key, 1) in self.accepted
        if under_screen or _LABELLED.match(said) or _DATE.fullmatch(said) or self._indented_alike(head[0]):
            return True
        # Of a line at the margin and a centred one under it the second is the title.
        if self._is_centred(text[0]) and not any(map(self._is_centred, head)):
            return True
        if self._said_again(head, text) or self._said_again(head[:1], [*head[1:], *text]):
            return True
        another = self.survey.shadow(text[0])
        if _ENDS.search(another) or self.survey.begins_unit(text[0]):
            return False
        # Where the first page has its number beside the head, as every page has, the head is no title either.
        if self._numbered(head) and 0 < printed_width(another) * 4 < self.survey.measure * 3:
            return True
        # A site's name is no title, if the text has another and does not speak of the site.
        if not _names_site(said):
            return False
        heads = sum(1 for index in self.found if self.survey.shadow(index) == said)
        return self.survey.text.count(self.survey.lines[head[0]].text.strip()) <= heads + 1

    def _numbered(self, head: list[int]) -> bool:
        """Whether a page number stands directly over the head, or under it and other heads."""
        beside = self.survey.near(head[0] - 1, -1, 1)
        below = self.survey.near(head[-1] + 1, 1, DEPTH)
        beside += list(dropwhile(self._is_head_elsewhere, below))[:1]
        return any(index in self.off and index not in self.found for index in beside)

    def _masthead(self, top: int) -> list[int]:
        """The head of a journal's first page: a block in columns over the title; other heads name both."""
        fields = [_WIDE.split(line.text.strip()) for line in self.survey.lines[top : top + DEPTH + 1]]
        fields = list(takewhile(lambda parts: len(parts) > 1, fields))
        last = top + len(fields) - 1
        title = self.survey.near(last + 1, 1, 1)
        if not 0 < len(fields) <= DEPTH or not title:
            return []
        heads = [self.survey.shadow(index) for index, side in self.found.items() if side == 1]
        names = {name for parts in fields for part in parts if len(name := shadow(part)) >= 4}
        named = any(self.survey.shadow(title[0]) in head for head in heads)
        return list(range(top, last + 1)) if named and any(name in head for name in names for head in heads) else []

    def _said_again(self, head: list[int], text: list[int]) -> bool:
        """Whether the lines after the head say the same, so that the document keeps its title.

        The title may stand in the head beside something else, or be cut short there, or be wrapped itself.
        """
        parts = [part for index in head for part in self.survey.lines[index].text.split()]
        cores = {shadow("".join(parts[:cut])) for cut in range(1, len(parts) + 1)}
        cores |= {shadow("".join(parts[cut:])) for cut in range(len(parts))}
        title = ""
        for other in text[:DEPTH]:
            line = self.survey.shadow(other)
            title += line
            if {title, line} & cores:
                return True
            # A head that was cut short; a paragraph that begins with the title's words is no title.
            begun = [core for core in cores if title.startswith(core)]
            if not _ENDS.search(title) and any(
                printed_width(core) >= _LONG_HEAD or len(title) < 2 * len(core) > 8 for core in begun
            ):
                return True
        beginning = " ".join(self.survey.lines[index].text[:LONGEST] for index in text[:DEPTH])
        return any(len(core) > 4 and _cut_in_word(beginning, core) for core in cores)

    def _indented_alike(self, index: int) -> bool:
        """Whether the line is set off from the margin exactly as the head is on the other pages."""
        indents = {self._indent(other) for other in self.found if self.key(other) == self.key(index)}
        return self._indent(index) >= 4 and indents == {self._indent(index)}

    def _is_centred(self, index: int) -> bool:
        """Whether the white space before a line is as wide as what is left of the measure after it."""
        text = self.survey.lines[index].text.lstrip("\f").rstrip()
        indent = printed_width(text) - printed_width(text.lstrip())
        left = self.survey.measure - printed_width(text)
        return indent >= _CENTRED and abs(indent - left) <= _CENTRED

    def _indent(self, index: int) -> int:
        text = self.survey.lines[index].text.lstrip("\f")
        return len(text) - len(text.lstrip())
