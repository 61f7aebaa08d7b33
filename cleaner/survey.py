"""The lines of a draft as the page stages see them: their shadows, the page edges they are near, their neighbours."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from cleaner.draft import Draft, Line
from cleaner.markers import LONGEST, Look, has_figures, shadow, shadows
from cleaner.patterns import lazy, lazy_plain

NEAREST = 100
"""Characters between two page numbers at least, unless form feeds mark the pages: verse has more."""
DEPTH = 3
"""Lines from a page edge within which furniture stands: head, second line of the head, number."""

# A figure does not count as open: rows of tables and contents end in figures.
_OPEN = frozenset("，,、—–‐\xad-")  # beside letters
_CLOSED = frozenset("。！？!?…；;：:.”」』’)）")
_STARTS_UNIT = lazy(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[、.．)）]|第[一二三四五六七八九十百零\d]{1,5}[章节節条條回编編篇]|[-*•·●]"
)
# What a table or a picture is called: under it stand the heads of columns, again and again.
_CAPTION = lazy_plain(r"(?:[图圖表]格?|(?i:table|figure)) ?(?:[A-Z][-.])?\d{1,3}(?:[-.–]\d{1,3})*[.:：\s]")
_DIGITS = lazy_plain(r"\d+")
_CITED = lazy(r"(?:[年版社刊期卷册冊辑輯集]|》)[，,、]?$")
# A colon, an opening quotation mark, or words that only an example can follow.
_INTRODUCES = lazy(r"[：:“「『]$|(?:[写寫改印排标標]成|[写寫]作|[显顯]示[为為]?|例如|比如|譬如|或者|或是)$")

LONG = 12
"""Characters from which a line can be one that ran on: a title or a table cell is mostly shorter."""


def printed_width(text: str) -> int:
    """About how wide it prints: Latin letters are half as wide as Han ones."""
    return 2 * len(text) - len(text.encode("latin-1", "ignore"))  # Latin-1 has just the narrow characters


def is_open(text: str) -> bool:
    """Whether a line breaks off: it ends in a letter, a comma or a dash."""
    last = text[-1:]
    return last.isalpha() or last in _OPEN


class Candidate(NamedTuple):
    """A line (or two pieces on neighbouring lines) that would be a page marker if its sequence proves it."""

    first: int
    last: int
    number: int
    total: int | None
    look: Look
    key: str


class Survey:
    """The lines of a draft as the page stages see them: shadows, page edges, neighbours."""

    def __init__(self, draft: Draft, lines: list[Line] | None = None) -> None:
        """``lines`` are those to look at, if they are not the draft's."""
        self.text = draft.text
        self.lines = draft.lines() if lines is None else lines
        self._blank = bytes([line.blank for line in self.lines])
        self.breaks = list(self._breaks(draft)) if "\f" in draft.text else []
        self.edges = self._edges()
        self.totals: set[int] = set()
        """Every M of an ``N/M`` that was met."""
        self._shadows: dict[int, str] = {}
        self._filled = [line.number for line in self.lines if not self._blank[line.number]]
        self.top = self._filled[0] if self._filled else 0
        """The first line that is not blank: the title, or a running head."""

    @cached_property
    def punctuated(self) -> bool:
        """Whether sentences end in a mark; in verse without any, open lines prove nothing."""
        long = [line.text.rstrip() for line in self.lines if len(line.text) >= LONG]
        closed = sum(text[-1:] in _CLOSED for text in long)
        return closed * 20 > len(long)

    @cached_property
    def paragraphs_on_lines(self) -> bool:
        """Whether hardly a long line breaks off: lines are paragraphs, none was printed and kept its line ends."""
        long = [line.text.rstrip() for line in self.lines if len(line.text) >= 2 * LONG]
        return sum(map(is_open, long)) * 3 <= len(long)

    @cached_property
    def measure(self) -> int:
        """What a full line measures: most of the longer lines are full where lines were printed."""
        return self._widths[len(self._widths) // 2] if self._widths else 0

    @cached_property
    def broadest(self) -> int:
        """What the widest tenth of the longer lines measures at least: in printed text a full line, too."""
        return self._widths[-1 - len(self._widths) // 10] if self._widths else 0

    @cached_property
    def _widths(self) -> list[int]:
        return sorted(printed_width(line.text.strip()) for line in self.lines if len(line.text) >= LONG)

    def shadow(self, index: int) -> str:
        """The shadow of a line, worked out once."""
        if index not in self._shadows:
            self._shadows[index] = shadow(self.lines[index].text)
        return self._shadows[index]

    @cached_property
    def short(self) -> list[int]:
        """The lines that are short enough for a marker or a head, and not blank."""
        return [index for index in self._filled if len(self.lines[index].text) <= LONGEST]

    @cached_property
    def figured(self) -> list[int]:
        """The lines with figures on them that are :attr:`short`, or have two spaces in a row: hardly a paragraph."""
        texts = ((index, self.lines[index].text) for index in self._filled)
        return [index for index, text in texts if (len(text) <= LONGEST or "  " in text) and has_figures(text)]

    def shadows(self, indices: Sequence[int]) -> list[str]:
        """The shadows of lines that are all :attr:`short`."""
        found = shadows([self.lines[index].text for index in indices])
        self._shadows.update(zip(indices, found, strict=True))
        return found

    def _breaks(self, draft: Draft) -> Iterator[int]:
        """Index of the first line after each form feed."""
        for line in self.lines:
            if "\f" in line.text:
                yield line.number if line.text.lstrip(" \t").startswith("\f") else line.number + 1

    def _edges(self) -> dict[int, tuple[int, int, int]]:
        """Where lines stand near form feeds: the page, counted by form feeds, and how many lines off."""
        edges: dict[int, tuple[int, int, int]] = {}
        if not self.breaks:
            return edges
        for page, index in enumerate([0, *self.breaks, len(self.lines)]):
            for side in (-1, 1):
                for depth, near in enumerate(self.near(index if side == 1 else index - 1, side, DEPTH)):
                    if near not in edges or edges[near][2] > depth:
                        edges[near] = (page, side, depth)
        return edges

    def at_edge(self, index: int) -> bool:
        """Whether the line is near a form feed, or near an end of a document that has them."""
        return index in self.edges

    def outside(self, index: int) -> set[str]:
        """Shadows of the lines between a line and the form feed it is near."""
        if index not in self.edges:
            return set()
        _, side, depth = self.edges[index]
        return {self.shadow(other) for other in self.near(index - side, -side, depth)}

    def page(self, index: int) -> int | None:
        """The page a line near a form feed is on."""
        if index not in self.edges:
            return None
        page, side, _ = self.edges[index]
        return page if side == 1 else page - 1

    def counts(self, borders: list[int]) -> list[int]:
        """How many lines that are not blank stand between neighbouring ``borders``."""
        return [bisect_left(self._filled, b) - bisect_right(self._filled, a) for a, b in pairwise(borders)]

    def ends(self, index: int, lines: int = 0) -> bool:
        """Whether no more than ``lines`` lines of text follow line ``index``."""
        return len(self.near(index + 1, 1, lines + 1)) <= lines

    def near(self, start: int, side: int, count: int) -> list[int]:
        """The first ``count`` lines that are not blank, from ``start`` in direction ``side``."""
        found: list[int] = []
        index = start
        # A page may end in a dozen blank lines; beyond that nothing is near.
        while 0 <= index < len(self.lines) and len(found) < count and abs(index - start) < 30:
            if not self._blank[index]:
                found.append(index)
            index += side
        return found

    def cuts(self, first: int, last: int, furniture: frozenset[str]) -> bool:
        """Whether lines ``first`` to ``last`` stand inside a sentence: open before, nothing new after."""
        before = next((i for i in self.near(first - 1, -1, 4) if self.shadow(i) not in furniture), None)
        after = next((i for i in self.near(last + 1, 1, 4) if self.shadow(i) not in furniture), None)
        if before is None or after is None or not self.punctuated:
            return False
        text, following = self.lines[before].text.strip(), self.lines[after].text.strip()
        if len(text) < LONG or not is_open(text) or _STARTS_UNIT.match(following) or _CAPTION.match(text):
            return False
        # Lines of English verse end bare too, but each begins with a capital.
        return not (text[-1].isascii() and following[:1].isupper())

    def in_repeated_passage(self, run: "list[Candidate]", furniture: frozenset[str]) -> bool:
        """Whether the text beyond the furniture is the same at most places: a licence, a table, a refrain."""
        for side in (-1, 1):
            texts = []
            for member in run:
                start = member.first - 1 if side < 0 else member.last + 1
                near = (i for i in self.near(start, side, DEPTH + 1) if self.shadow(i) not in furniture - {""})
                if (index := next(near, None)) is not None:
                    texts.append(_DIGITS.sub("0", self.lines[index].text.strip()))
            if len(texts) > 1 and len(set(texts)) * 2 <= len(texts):
                return True
        return False

    def begins_unit(self, index: int) -> bool:
        """Whether the line begins with the number of a heading or the mark of a list item."""
        return _STARTS_UNIT.match(self.lines[index].text.strip()) is not None

    def introduced(self, index: int) -> bool:
        """Whether the line before announces what the line says: ……上面写着："""
        before = self.near(index - 1, -1, 1)
        return bool(before) and _INTRODUCES.search(self.lines[before[0]].text.rstrip()) is not None

    def set_off(self, first: int, last: int) -> bool:
        """Whether blank lines stand before and after."""
        around = self.lines[max(0, first - 1)], self.lines[min(len(self.lines) - 1, last + 1)]
        return all(line.blank or first <= line.number <= last for line in around)

    def cited(self, candidate: Candidate) -> bool:
        """Whether the line before ends like a reference whose page number wrapped onto a line of its own."""
        before = self.near(candidate.first - 1, -1, 1)
        return bool(before) and _CITED.search(self.lines[before[0]].text.strip()) is not None


def distance(survey: Survey, one: Candidate, other: Candidate) -> int:
    """Characters between two candidates."""
    return survey.lines[other.first].start - survey.lines[one.last].next
