"""Machine lines: what a fax, a printer's driver, an outliner and an archive stamp on a text, in forms nobody writes.

===========  =========================================================  ==========================================
kind         the lines                                                  and
===========  =========================================================  ==========================================
fax          date, time, FAX or a sender, and the page of so many       two or more, counting on, with text between
trial        made with the trial version of a program that prints,      the same line twice or more, with text
             with its address or what it makes                          between
outline      ``id:: 64a1f0c2-…``, ``collapsed:: true``, a LOGBOOK       two or more; the text refers to none of the
             with its CLOCKs                                            ids, and shows no source of such documents
line codes   ``Y08n0412_p0312b04║``: the volume, page and line of       nearly every line has one; each is later
             each line, before it                                       than the last; many break off in a sentence
===========  =========================================================  ==========================================
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaner.draft import Line
from cleaner.patterns import lazy_plain
from cleaner.survey import is_open
from cleaner.typed import typed

Lines = tuple[int, int]
"""The first and the last line of a stretch."""


def machine_lines(lines: Sequence[Line], text: str) -> Iterator[Lines]:
    """The stretches in ``text``, of which these are the lines.

    >>> def found(*said):
    ...     text = "雨停了。\\n船来了。\\n天黑了。\\n".join(f"{line}\\n" for line in said)
    ...     return list(machine_lines([Line(at, 0, 9, 9, line) for at, line in enumerate(text.split("\\n"))], text))
    >>> found("03/04 2001 09:10 FAX 0700 1234 柳河厂 [001/002]", "03/04 2001 09:11 FAX 0700 1234 柳河厂 [002/002]")
    [(0, 0), (4, 4)]
    >>> found("03/04 2001 09:10 柳河厂来电", "03/04 2001 09:11 柳河厂来电")
    []
    """
    faxed, tried = (any(map(text.__contains__, signs)) for signs in (_OF_FAXES, _OF_TRIALS))
    outlined = ":: " in text and not typed(text).lines
    if not (faxed or tried or outlined):
        return
    filled = [line for line in lines if not line.blank and len(line.text) <= _LONGEST]
    yield from _faxes(filled) if faxed else ()
    yield from _trials(filled) if tried else ()
    yield from _outline(filled, text) if outlined else ()


_LONGEST = 140
_APART = 2
"""Lines of text between two that a machine put at the heads of pages."""

# --- faxes ------------------------------------------------------------------------------------------------

_STAMPED = lazy_plain(
    r"\d{1,4}[-/.年 ]\d{1,2}[-/.月 ].{0,24}?\d{1,2}[:：]\d{2}|\d{1,2}[:：]\d{2}.{0,24}?\d{1,2}[-/.月 ]\d{1,4}"
)
_FAX = lazy_plain(r"(?i)\bfax\b|传真|傳真|\bfrom\b|\btel\b|发自|發自")
_OF_FAXES = ("FAX", "Fax", "传真", "傳真", "From:", "FROM", "TEL", "Tel", "发自", "發自")
"""What a text with such lines holds one of: most have none, and their lines need not be looked at."""
_PAGE = lazy_plain(
    r"(?:\b[Pp]\.? ?)?(?P<page>\d{1,3}) ?[/／] ?\d{1,3}[\])）]?\s*$|\b[Pp]\.? ?(?P<single>\d{1,3})[\])）]?\s*$"
)


def _faxes(filled: list[Line]) -> Iterator[Lines]:
    stamps: list[tuple[int, Line, int]] = []
    for at, line in enumerate(filled):
        page = _PAGE.search(line.text)
        if page and _STAMPED.search(line.text) and _FAX.search(line.text):
            stamps.append((at, line, int(page["page"] or page["single"])))
    steps = list(pairwise(stamps))
    counts = all(b[2] == a[2] + 1 and b[0] - a[0] > _APART for a, b in steps)
    if steps and counts:
        yield from ((line.number, line.number) for _, line, _ in stamps)


# --- trial versions ---------------------------------------------------------------------------------------

_PROGRAM = lazy_plain(
    r"(?i)试用版|試用版|未注册版|未註冊版|评估版|評估版|trial version"
    r"|unregistered|evaluation (?:copy|version)|demo version"
)
_OF_TRIALS = (
    *("试用", "試用", "未注册", "未註冊", "评估版", "評估版"),
    *("rial version", "nregistered", "valuation", "emo version"),
)
_PRINTS = lazy_plain(r"(?i)pdf|打印|列印|转换|轉換|创建|創建|生成|制作|created|printed|converted|produced")
_SENTENCE = lazy_plain(r"[。！？；，：:]\s*$")


def _trials(filled: list[Line]) -> Iterator[Lines]:
    at = [
        at
        for at, line in enumerate(filled)
        if _PROGRAM.search(line.text) and _PRINTS.search(line.text) and not _SENTENCE.search(line.text)
    ]
    often = Counter(filled[index].text.strip() for index in at)
    places = [index for index in at if often[filled[index].text.strip()] > 1]
    if all(b - a > _APART for a, b in pairwise(places)):
        yield from ((filled[index].number, filled[index].number) for index in places)


# --- outlines ---------------------------------------------------------------------------------------------

_UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_PROPERTY = lazy_plain(
    rf"\s+(?:id:: {_UUID}|(?:collapsed|heading):: (?:true|false|\d)|(?:created|updated)-at:: \d{{10,}}"
    r"|logseq\.[\w.-]+:: \S+|card-[\w-]+:: \S+)\s*"
)
_DRAWER, _END = lazy_plain(r"\s+:LOGBOOK:\s*"), lazy_plain(r"\s+:END:\s*")
_CLOCK = lazy_plain(r"\s+CLOCK: \[[^\]\n]{10,30}\](?:--\[[^\]\n]{10,30}\] =>\s+[\d:]+)?\s*")
_REFERENCE = lazy_plain(rf"\(\({_UUID}\)\)")


def _outline(filled: list[Line], text: str) -> Iterator[Lines]:
    found = [line.number for line in filled if _PROPERTY.fullmatch(line.text)]
    if len(found) < 2 or _REFERENCE.search(text):
        return
    inside = False
    for line in filled:
        if _DRAWER.fullmatch(line.text):
            inside = True
        elif inside and _END.fullmatch(line.text):
            inside = False
        elif not (inside and _CLOCK.fullmatch(line.text)):
            inside = False
            continue
        found.append(line.number)
    yield from ((number, number) for number in sorted(found))


# --- codes of lines ---------------------------------------------------------------------------------------

_CODE = lazy_plain(r"\s*(?P<code>(?=[A-Za-z_]*\d)[A-Za-z0-9_.:-]{6,24}) ?[║│｜|‖┃] ?")
_MARKS = "║│｜|‖┃"
_FEWEST = 10
_CODED, _CUT = 0.9, 0.3
"""Shares of the lines that have a code, and of those with one that break off in a sentence."""
_DIGITS, _LETTER = lazy_plain(r"\d"), lazy_plain(r"[a-z]")


def line_codes(lines: Sequence[Line], text: str) -> Iterator[tuple[int, int]]:
    """Where the codes stand in ``text``, of which these are the lines.

    >>> def found(said):
    ...     lines = [Line(at, 0, 9, 9, f"Q01n002_p0003a{at + 10}║{said}") for at in range(12)]
    ...     return list(line_codes(lines, "".join(line.text for line in lines)))[:1]
    >>> found("尔时灯师住在海"), found("行。")
    ([(0, 17)], [])
    """
    if not any(map(text.__contains__, _MARKS)):
        return
    coded = [(line, found) for line in lines if (found := _CODE.match(line.text))]
    if len(coded) < _FEWEST:
        return
    first, last = coded[0][0].number, coded[-1][0].number
    inner = [line for line in lines if first <= line.number <= last and not line.blank]
    codes = [found["code"] for _, found in coded]
    alike = len({_LETTER.sub("a", _DIGITS.sub("0", code)) for code in codes}) == 1
    cut = sum(1 for line, _ in coded if is_open(line.text.rstrip()))
    counts = all(one < other for one, other in pairwise(codes))
    if alike and counts and len(coded) >= _CODED * len(inner) and cut >= _CUT * len(coded):
        yield from ((line.start + found.start(), line.start + found.end()) for line, found in coded)
