"""Markers that stand inside a line: in a joined paragraph, at a line's end, at a chunk's seam.

==================  ==================================================================================
what                taken when
==================  ==================================================================================
第 3 页 共 16 页    another with the same total, or a marker on a line of its own, carries the count on
第 3 页, - 3 -,     between white space, and three or more count up at even distance of a page's size
3 / 16, Page 3
．3．, ·3·          between white space or after a sentence, and two or more count up at a page's distance, one of
                    them inside a sentence
_分节阅读_3         always: no author writes it; a character doubled around it is taken back to one
(1/4), (2/4)        before the parts of a message (:mod:`cleaner.segments`)
3、                 at line starts, three or more count up at even distance, every one inside a sentence
a running head      between white space directly before or after most of these markers, two or more
==================  ==================================================================================
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from cleaner.markers import LONGEST, number
from cleaner.narrow import narrow
from cleaner.page_sizes import median
from cleaner.patterns import lazy
from cleaner.segments import segments
from cleaner.survey import LONG

PAGE = 150
"""Characters from one marker inside a line to the next at least: prose names two pages sooner."""

_N = r"(?P<n>\d{1,4}|[一二三四五六七八九十百]{1,5})"
_S = r"[ \u3000]?"
_FORMS: tuple[tuple[str, int, regex.Pattern[str]], ...] = (
    # name, members needed, pattern; each begins with a rare character or with white space before a digit
    (
        "total",
        2,
        lazy(rf"第{_S}{_N}{_S}[页頁]{_S}[,，、/(（|]?{_S}[共总總]{_S}(?P<m>\d{{1,4}}){_S}[页頁][)）]?"),
    ),
    ("page", 3, lazy(rf"(?<=[\s\-—])第{_S}{_N}{_S}[页頁](?=\s)")),
    (
        "english",
        3,
        lazy(rf"(?<=\s)(?:[Pp]age|PAGE|[Pp]\.)\s?{_N}(?:\s?(?:of|OF)\s?(?P<m>\d{{1,4}}))?(?=\s)"),
    ),
    ("dashes", 3, lazy(rf"(?<=\s)[-—–~]\s?{_N}\s?[-—–~](?=\s)")),
    ("dots", 2, lazy(rf"(?<=[\s。！？!?”」])(?P<f>[．·•・]){_S}{_N}{_S}(?P=f)(?=\s|$)")),
    ("slash", 3, lazy(r"(?<=\s)(?P<n>\d{1,4})\s?/\s?(?P<m>\d{1,4})(?=\s)")),
)
_CHUNK = lazy(r"[ \t\u3000]*[-_—]*第?(?:分节阅读|分節閱讀)[ _]?\d{1,5}[-_—]*[ \t\u3000]*")
_LINE_START = lazy(r"(?:\A|\n)\s*$")
_LINE_END = lazy(r"[^\S\n]*(?:\n|$)")
_SPEAKS_BEFORE = "见見在到于於从從自至翻看读讀阅閱示"
_SPEAKS_AFTER = "的上中里裡至到和与與第图圖"
_SEAM = 40  # white space on either side of a chunk mark: a few blank lines
_AHEAD = lazy(r"(\p{L})\s*$")
_BEHIND = lazy(r"\s*(\p{L})")
_DOUBLED = lazy(r"(\p{L})(?=\1)")
_SPLIT = lazy(r"(?m)^[ \t\u3000]*(?P<n>\d{1,4})、(?=\S)")
_OPEN = lazy(r"[\p{L}，,、]$")
_SENTENCE = lazy(r"[。！？!?；;，,]")
_HAN = lazy(r"\p{Han}")
_HEAD = 4  # Han characters of a head at least
_BEFORE = lazy(r"[ \t\xa0\u3000]*(?:[-—–_=.]{2,}[ \t\xa0\u3000]*)?$")


class Span(NamedTuple):
    """A place inside a line, what it is, and what has to stand there instead."""

    start: int
    end: int
    kind: str
    replacement: str = ""


class _Found(NamedTuple):
    start: int
    end: int
    number: int
    total: str | None


class _Taken:
    """Spans that are spoken for; no two of them overlap."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.spans = sorted(set(spans))
        self._starts = [start for start, _ in self.spans]

    def meets(self, start: int, end: int) -> bool:
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and self.spans[index][1] > start


def glued_markers(text: str, on_lines: Iterable[tuple[int, int]], furniture: Iterable[tuple[int, int]]) -> list[Span]:
    """The markers inside lines of ``text``.

    ``on_lines`` are place and number of the markers on lines of their own, with which the count goes on;
    ``furniture`` are the spans of all lines already taken.

    >>> page = "这是一页正文，" * 40
    >>> text = f"{page}就是 第 1 页 共 9 页 环境{page}而 第 2 页 共 9 页 后{page}"
    >>> [text[span.start:span.end] for span in glued_markers(text, [], [])]
    [' 第 1 页 共 9 页 ', ' 第 2 页 共 9 页 ']
    >>> glued_markers("课本共 16 页，请看 第 3 页 共 16 页 的图。", [], [])
    []
    """
    own = sorted(on_lines)
    spans = list(_chunks(text)) if "分节阅读" in text or "分節閱讀" in text else []
    spans += [Span(start, end, "split") for start, end in segments(text)]
    taken = _Taken([*furniture, *((span.start, span.end) for span in spans)])
    spans += [span for span in _splits(text) if not taken.meets(span.start, span.end)]
    taken = _Taken([*taken.spans, *((span.start, span.end) for span in spans)])
    latin = narrow(text)
    for name, needed, pattern in _FORMS:
        if not any(mark in text for mark in _HINTS[name] if not mark.isascii() or mark.encode() in latin):
            continue
        groups: dict[str | None, list[_Found]] = defaultdict(list)
        for match in pattern.finditer(text):
            value = number(match["n"])
            if (
                value
                and not (name == "page" and _quoted(text, *match.span()))
                and not _fills_line(text, *match.span())
                and not taken.meets(*match.span())
            ):
                total = match.groupdict().get("m")
                groups[total].append(_Found(match.start(), match.end(), value, total))
        for group in groups.values():
            inside = list(_in_sequence(group, own, needed, len(text.rstrip())))
            if name != "dots" or any(_cuts(text, found.start, found.end) for found in inside):
                spans += _spans(text, inside)
        taken = _Taken([*taken.spans, *((span.start, span.end) for span in spans)])
    return sorted(spans, key=lambda span: span.start)


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether the sentence speaks of the page: 见 第 3 页 的图."""
    before, after = text[max(0, start - 3) : start].rstrip()[-1:], text[end : end + 3].lstrip()[:1]
    return (before != "" and before in _SPEAKS_BEFORE) or (after != "" and after in _SPEAKS_AFTER)


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a letter stands before the span and another after it on the same line."""
    before, after = text[max(0, start - 3) : start].rstrip(), text[end : end + 3]
    return before[-1:].isalpha() and "\n" not in after and after.lstrip()[:1].isalpha()


def _fills_line(text: str, start: int, end: int) -> bool:
    """Whether there is nothing else on the line: then it has been judged as a line already."""
    return _LINE_START.search(text, max(0, start - 80), start) is not None and _LINE_END.match(text, end) is not None


_HINTS: dict[str, Sequence[str]] = {
    "dots": "．·•・",
    "total": "页頁",
    "page": "页頁",
    "english": ("page", "Page", "PAGE", "p.", "P."),
    "dashes": "-—–~",
    "slash": "/",
}


def _in_sequence(group: list[_Found], own: list[tuple[int, int]], needed: int, end: int) -> Iterator[_Found]:
    """Those of ``group`` that count up, alone or with the markers on lines of their own; the text ends at ``end``."""
    places: list[tuple[int, int, _Found | None]] = [(found.start, found.number, found) for found in group]
    places += [(start, value, None) for start, value in own]
    run: list[tuple[int, int, _Found | None]] = []
    for item in [*sorted(places, key=lambda place: place[:2]), None]:
        # The last page is as long as it happens to be.
        last = item is not None and len(run) > 1 and item[2] is not None and item[2].end == end
        if item is not None and (
            not run or (1 <= item[1] - run[-1][1] <= 3 and (last or item[0] - run[-1][0] >= PAGE))
        ):
            run.append(item)
            continue
        whole = run[:-1] if len(run) > 2 and run[-1][2] is not None and run[-1][2].end == end else run
        if len(run) >= needed and _even([place for place, _, _ in whole], [n for _, n, _ in whole]):
            yield from (found for _, _, found in run if found is not None)
        run = [item] if item is not None else []


def _even(places: list[int], numbers: list[int]) -> bool:
    """Whether the pages are of one size, the odd one left aside."""
    gaps = [(b - a) / (m - n) for a, b, n, m in zip(places, places[1:], numbers, numbers[1:], strict=False)]
    middle = median(gaps)
    fit = sum(1 for gap in gaps if middle / 2 <= gap <= middle * 2)
    return fit * 4 >= len(gaps) * 3


def _spans(text: str, found: list[_Found]) -> Iterator[Span]:
    """The markers with the white space around them, and the running heads beside them."""
    foot = _shared([_pieces_before(text, one.start) for one in found])
    head = _shared([_pieces_after(text, one.end) for one in found])
    for one in found:
        start, end = _padded(text, one.start, one.end)
        low, high = start, end
        if foot and _pieces_before(text, one.start)[: len(foot)] == foot:
            low, _ = _padded(text, _walk(text, start, foot, -1), start)
            yield Span(low, start, "foot")
        if head and _pieces_after(text, one.end)[: len(head)] == head:
            _, high = _padded(text, end, _walk(text, end, head, 1))
            yield Span(end, high, "head")
        yield Span(start, end, "marker", _joint(text, low, high))


def _walk(text: str, place: int, pieces: list[str], side: int) -> int:
    """Where one gets by going over ``pieces`` and the white space before each."""
    for piece in pieces:
        while text[place if side > 0 else place - 1].isspace():
            place += side
        place += side * len(piece)
    return place


def _pieces_before(text: str, place: int) -> list[str]:
    """What stands before a place on its line, in pieces between white space, the nearest first."""
    return text[max(0, place - LONGEST) : place].rpartition("\n")[2].split()[::-1]


def _pieces_after(text: str, place: int) -> list[str]:
    return text[place : place + LONGEST].partition("\n")[0].split()


def _shared(beside: list[list[str]]) -> list[str]:
    """The longest beginning most of the lists share, at least two. Words of prose do by chance: a head is longer.

    >>> _shared([["旧楼记事", "卷二", "他说"], ["旧楼记事", "卷二", "后来"], ["也"]])
    ['旧楼记事', '卷二']
    >>> _shared([["in", "the", "end"], ["in", "the", "cellar"]])
    []
    """
    shared: list[str] = []
    filled = [pieces for pieces in beside if pieces]
    for at in range(max(map(len, filled), default=0)):
        going = Counter(pieces[at] for pieces in filled if len(pieces) > at and pieces[:at] == shared)
        piece, count = going.most_common(1)[0] if going else ("", 0)
        if count < 2 or count * 2 <= len(filled) or _SENTENCE.search(piece):
            break
        shared.append(piece)
    return shared if len(_HAN.findall("".join(shared))) >= _HEAD or sum(map(len, shared)) >= 4 * _HEAD else []


def _padded(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the white space before and after it, and a run of dashes before it."""
    if glued := _BEFORE.search(text, max(0, start - 80), start):
        start = glued.start()
    while end < len(text) and text[end] in " \t\u3000\xa0":
        end += 1
    return start, end


def _joint(text: str, start: int, end: int) -> str:
    """What stays of a span: Latin words on both sides keep one space between them."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return " " if before.isascii() and after.isascii() and before.isalnum() and after.isalnum() else ""


def _chunks(text: str) -> Iterator[Span]:
    """The seams of a reader site: the mark, the blank lines, and the character that was doubled.

    A character that happens to stand on both sides (慢 | 慢) is doubled elsewhere in the text too.
    """
    doubled = set(_DOUBLED.findall(text))
    for match in _CHUNK.finditer(text):
        before = _AHEAD.search(text, max(0, match.start() - _SEAM), match.start())
        after = _BEHIND.match(text, match.end(), match.end() + _SEAM)
        if before and after and before[1] == after[1] and before[1] not in doubled:
            yield Span(before.end(1), after.end(1), "chunk")
        else:
            yield Span(match.start(), match.end(), "chunk")


def _splits(text: str) -> Iterator[Span]:
    """``N、`` where a page of a preview began, in the middle of a sentence."""
    run: list[tuple[int, int, int]] = []
    for match in [*_SPLIT.finditer(text), None]:
        if match is not None:
            value, before = int(match["n"]), text[max(0, match.start() - 60) : match.start()].rstrip()
            line = before[before.rfind("\n") + 1 :]
            blind = len(line) >= LONG and _OPEN.search(line) is not None
            if blind and run and value == run[-1][2] + 1 and match.start() - run[-1][0] >= PAGE:
                run.append((match.start(), match.end(), value))
                continue
        if len(run) >= 3 and _even([start for start, _, _ in run], [value for _, _, value in run]):
            yield from (Span(start, end, "split") for start, end, _ in run)
        run = [(match.start(), match.end(), value)] if match is not None and blind else []
