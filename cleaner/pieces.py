"""Pieces: a draft cut at every place where a printed line may have ended."""

import string
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from cleaner.cells import CLOSING, HAN, OPENING, first_token, is_wide, proportional_surplus, width
from cleaner.contents import entries
from cleaner.draft import Draft
from cleaner.gutters import side_by_side
from cleaner.numbered import bare_items, coincidences
from cleaner.patterns import lazy_plain
from cleaner.quoted import Mark, marks

# What stands at the end of a line, from the surest sign of a finished sentence to
# none: terminal mark, (semi)colon, other closing bracket, closing quotation
# mark, comma or dash, hyphen inside a Latin word, nothing.
END_CLASSES = "TSQUMHN"
# How a line starts: bullet, numbering, label with a colon, a mark no line starts with, quotation, opening bracket,
# lower case, other.
START_CLASSES = "BLCPQKlO"

_QUOTES_AT_END = lazy_plain(r"[”’」』）》〉】〕\"')\]]+$")
_QUOTES = "”’」』）》〉】〕\"')]"
_TERMINAL = "。！？!?…．"
_PLAIN_ENDS = {"。": "T", "！": "T", "？": "T", "，": "M", "、": "M", "；": "S", "：": "S"}
_BULLET = lazy_plain(r"[•●○◆◇■□▪▲△★☆※►➢✓✔·∙‣◦]|[-*–][ \u3000]")
NUMBERING = lazy_plain(
    r"""(?x)
      第[ ]?[0-9０-９〇零一二三四五六七八九十百千两]{1,7}[ ]?[章节節条條款回编編卷部篇讲講课課集幕天步种類类]
    | [（(〔\[](?:[0-9０-９一二三四五六七八九十百]{1,3}|[A-Za-z])[）)〕\]]
    | [一二三四五六七八九十百]{1,3}[、．.]
    | [0-9０-９]{1,3}[、．)）]
    | [0-9]{1,3}\.(?![0-9])
    | [0-9]{1,2}(?:\.[0-9]{1,2}){1,3}[.、]?[ \u3000]
    | [①-⑳⑴-⒇⒈-⒛ⓐ-ⓩ㈠-㈩]
    | [A-Za-z][.、)）][ \u3000]?
    | (?:附件|附录|附錄|附表|图|圖|表|例|Chapter|Section|Part|Figure|Table|Step)[ ]?[0-9一二三四五六七八九十]{1,3}
    """
)
# Journal, book, newspaper and so on: such a letter stands behind a title. (With A to D the answers of a test begin.)
REFERENCE_KIND = lazy_plain(r"\[(?:[GJMNPRSZ]|EB/OL|DB/OL|J/OL|M/OL|N/OL)\] ?(?:[.．:：,，]|//)")
# What stands on a line of its own: a date.
_DATE = lazy_plain(
    r"(?:[12]\d{3}|[一二三四五六七八九〇○零]{4}) ?年 ?(?:\d{1,2}|[一二三四五六七八九十]{1,2}) ?月"
    r" ?(?:\d{1,2}|[一二三四五六七八九十]{1,3}) ?日"
)
# The letters with which a numbering can begin.
_NUMBERED = frozenset("第附图圖表例一二三四五六七八九十百千两〇零" + string.ascii_letters)
LABEL = lazy_plain(r"[\u4e00-\u9fff]{1,5}：")
"""A speaker, a question, an entry of a form; also the end of "他笑道：" after a soft break."""
NEVER_FIRST = "，。、；：！？）》〉」』】〕〗］"
"""Full-width marks that neither a printer nor an author begins a line with."""
_CANNOT_START = "，。、；：！？）》〉」』】〕〗］”’…,.;:!?)]}"
OPENING_QUOTES = '“‘「『"'
OPENING_BRACKETS = "（《【〈〔〖［(["


def end_class(text: str) -> str:
    """The class of the end of ``text``: one of ``END_CLASSES``.

    >>> [end_class(end) for end in ("了。", "了。”", "（注）", "“注”", "如下：", "但是，", "ver-", "但")]
    ['T', 'T', 'Q', 'U', 'S', 'M', 'H', 'N']
    """
    # Asked of every line: most end so, and the rest of this takes ten times as long.
    if (last := text[-1:]) in _PLAIN_ENDS or "\u4e00" <= last <= "\u9fff":
        return _PLAIN_ENDS.get(last, "N")
    bare = _QUOTES_AT_END.sub("", text[-8:]) if text[-1:] in _QUOTES else text[-8:]
    last = bare[-1:]
    if last in _TERMINAL or (last == "." and not bare[-2:-1].isdigit()):
        return "T" if last else "Q"
    if len(bare) < len(text[-8:]):
        return "U" if text[-1] in "”’」』\"'" else "Q"
    if last in "；：;:":
        return "S"
    if last in "-\u2010" and bare[-2:-1].isalpha() and bare[-2:-1].isascii():
        return "H"
    return "M" if last in "，、—,～~-" else "N"


def start_class(text: str) -> str:
    """The class of the start of ``text``: one of ``START_CLASSES``.

    >>> [start_class(start) for start in ("• 甲", "第三条 甲", "问：甲", "，甲", "“甲", "《甲", "and", "甲")]
    ['B', 'L', 'C', 'P', 'Q', 'K', 'l', 'O']
    >>> start_class("3.14倍"), start_class("[J]. 音乐研究")    # no section number, no item
    ('O', 'P')
    """
    first = text[:1]
    if first == "[" and REFERENCE_KIND.match(text):
        return "P"
    if text[-1:] == "日" and _DATE.fullmatch(text):
        return "L"
    if not first.isalpha() or first in _NUMBERED:  # few lines begin so, and the patterns are slow
        if _BULLET.match(text):
            return "B"
        if NUMBERING.match(text):
            return "L"
    if "：" in text[:6] and LABEL.match(text):
        return "C"
    if "\u4e00" <= first <= "\u9fff":
        return "O"
    if first in _CANNOT_START:
        return "P"
    if first in OPENING_QUOTES:
        return "Q"
    if first in OPENING_BRACKETS:
        return "K"
    return "l" if "a" <= first <= "z" else "O"


@dataclass(slots=True)
class Piece:
    """A stretch of a draft without a candidate break inside; widths are in cells."""

    start: int
    end: int
    text: str
    width: float
    surplus: float
    """How much wider the piece is in a proportional Latin face."""
    halves: int
    """Half-width marks and spaces that stand for full-width ones, each one cell wider in print."""
    lead: int
    """Cells of white space before it on its line."""
    blanks: int
    """Blank lines before it."""
    space: bool
    """Whether white space inside a line, not a line end, stands before it."""
    cut: bool
    """Whether something was removed between it and the piece before, or a page ended there."""
    ends: str
    starts: str
    token: int
    """Width of its first unbreakable token."""
    wide_end: bool
    wide_start: bool
    latin: int
    """How many narrow characters it has: their widths are less sure than those of Han."""
    rigid: bool
    """Whether it ends where it ends: a line of a program, a command, a rule, a row of a table or of columns side
    by side, an entry of a table of contents, a signature set to the right."""
    quoted: int = 0
    """How many quotations it is in, whose marks stand before its line: see :mod:`cleaner.quoted`."""


PARAGRAPH = 36
"""In cells: what is longer is taken for a paragraph where nothing else tells one from a heading."""

# What stands around a mark is compared here: a pattern that knows of Han takes 2 ms to make.
_HALF_MARK = lazy_plain(r"[,;:!?()]")
# What is rare comes first: what stands before it is looked at only there.
# Between the names of a list, but not after a number, a space stands for an ideographic one.
_HALF_SPACE = lazy_plain(r"\x20(?<=[\u4e00-\u9fff）].)(?=[\u4e00-\u9fff])")
_NAMES = 3


def _halves(text: str) -> int:
    """See ``Piece.halves``.

    >>> _halves("测试,结束"), _halves("第一条 本市"), _halves("黄连 当归（各一两） 白术 茯苓")
    (1, 0, 3)
    """
    marks = sum(_is_half(text, found.start()) for found in _HALF_MARK.finditer(text))
    spaces = len(_HALF_SPACE.findall(text)) if text.count(" ") >= _NAMES else 0
    return marks + (spaces if spaces >= _NAMES else 0)


def _is_half(text: str, at: int) -> bool:
    """Whether the half-width mark at ``at`` stands in Chinese text: after it, or if it is a bracket before it."""
    before = text[at - 1 : at] if at else ""
    if "\u4e00" <= before <= "\u9fff":
        return True
    if text[at] in "()":
        return "\u4e00" <= text[at + 1 : at + 2] <= "\u9fff"
    return before != "" and before in "”’）"


_CODE = lazy_plain(
    r"[{};]$|^[{}#$]|^(?://|/\*|>>>|\./)|^\[?[\w.-]{1,20}@[\w.-]{1,30}[^#$>]{0,30}[#$>]|&&|\|\||(?:^|\s)--[a-z]|\w\([^()]*\)$|\w=[\w\"'./-]|^<[a-z/!]"
)
_RULE = lazy_plain(r"^(?!_+[。，；：！？、])[\W_]{4,}$|^\d{1,4}$|^([=*#~+|-])\1{3,}|^\|.*\|$|[.…·]{4,}\s*\S{0,6}$")


# Columns, and not the stretched spaces between the words of a justified line.
_CELLS = lazy_plain(r"[^\sA-Za-z](?: {2,}|\t+|\u3000{2,})(?![\sA-Za-z])")
_ROW = 2
# Words in a row, parted by one ideographic space each, and no mark of a sentence.
_WORDS_IN_A_ROW = lazy_plain(r"[^\s，。；：！？]{1,8}(?:\u3000[^\s，。；：！？]{1,8}){2,}")


def _is_rigid(text: str, latin: bool) -> bool:
    """See ``Piece.rigid``.

    >>> [_is_rigid(text, True) for text in ("make && make install", "1.2 Scope ........ 7", "well-known and so on")]
    [True, True, False]
    >>> _is_rigid("1972  31.4   28.8", True), _is_rigid("so  on  and  on  it  goes", True)
    (True, False)
    >>> _is_rigid("午\u3000米饭\u3000鸡丝\u3000冬瓜", False), _is_rigid("第三章\u3000他在渡口等了一夜", False)
    (True, False)
    """
    # A line that begins with a letter is a rule only by the dots in it.
    ruled = not text[:1].isalpha() or "." in text or "…" in text or "·" in text
    if (ruled and _RULE.search(text)) or (latin and _CODE.search(text)):
        return True
    if "\u3000" in text and _WORDS_IN_A_ROW.fullmatch(text):
        return True
    return ("  " in text or "\t" in text or "\u3000\u3000" in text) and len(_CELLS.findall(text)) >= _ROW


_STRETCHED = lazy_plain(r" {2,}")
# Cells: no paragraph, list or quotation is set in so far; a signature, a date, the middle of a page are.
_SET_RIGHT = 20
_BLANK = " \t\u3000\u00a0\f\v"


# Han and the marks that are wide in any text, as most lines of prose have nothing else: measured in half the time.
_PLAIN = lazy_plain(r"[“（《]?[\u4e00-\u9fff][\u4e00-\u9fff，。、；：！？“”（）《》—]*")

_NO_MARK = Mark(0, 0)
_token_width = lru_cache(maxsize=1 << 14)(width)  # most are one of a few thousand characters


def make(whole: str, start: int, *, lead: int, blanks: int, space: bool, cut: bool) -> Piece:
    """Measure the stretch ``whole``, which begins at ``start`` of a draft."""
    if _PLAIN.fullmatch(whole):
        token = _token_width(first_token(whole))
        return Piece(
            start, start + len(whole), whole, 2 * len(whole), 0.0, 0,
            lead, blanks, space, cut, end_class(whole), start_class(whole), token, True, True, 0, False,
        )  # fmt: skip
    text = whole
    if "  " in text:  # justified lines: the printer stretched one space
        text = _STRETCHED.sub(" ", text)
    cells = width(text)
    latin = 2 * len(text) - cells
    return Piece(
        start, start + len(whole), text, cells,
        proportional_surplus(text) if latin else 0.0,
        _halves(text) if latin else 0,
        lead, blanks, space, cut,
        end_class(text), start_class(text), _token_width(first_token(text)),
        is_wide(text[-1]), is_wide(text[0]), latin, _is_rigid(whole, latin > 0.8 * cells),
    )  # fmt: skip


ALL_LATIN = 0.7
"""The :func:`latin_share` from which a text is a Latin one, with some Chinese in it."""


def latin_share(pieces: Sequence[Piece]) -> float:
    """The share of the cells of ``pieces`` that narrow characters take."""
    return sum(piece.latin for piece in pieces) / max(1, sum(piece.width for piece in pieces))


def of_lines(draft: Draft) -> list[Piece]:
    """One piece for each line of ``draft`` that is not blank, without the white space around it."""
    pieces: list[Piece] = []
    blanks = 0
    cut_from = 0
    may_be_cut = bool(draft.removals) or "\f" in draft.text
    beside = draft.once(side_by_side)
    quoted = draft.once(marks)
    for line_start, text in draft.line_texts():
        mark = quoted.get(line_start, _NO_MARK) if quoted else _NO_MARK
        if mark.length:
            text = text[mark.length :]
        stripped = text.strip(_BLANK)
        if not stripped:
            blanks += 1
            continue
        lead_text = "" if text[0] == stripped[0] else text[: text.index(stripped[0])]
        start = line_start + mark.length + len(lead_text)
        cut = may_be_cut and (_removed_between(draft, cut_from, start) or "\f" in draft.text[cut_from:start])
        lead = _lead_width(lead_text) if lead_text else 0
        pieces.append(make(stripped, start, lead=lead, blanks=blanks, space=False, cut=cut))
        if mark.depth:
            pieces[-1].quoted = mark.depth
        if line_start in beside:
            pieces[-1].rigid = True
        cut_from = start + len(stripped)
        blanks = 0
    margin = min((piece.lead for piece in pieces), default=0)
    bullets = _own_bullets(pieces)
    for index in entries([piece.text for piece in pieces]):
        pieces[index].rigid = True
    for piece in pieces:
        if piece.lead - margin >= _SET_RIGHT:
            piece.rigid = True
        if bullets and piece.text[0] in bullets:
            piece.starts = "B"
    return _with_items(pieces)


@lru_cache(maxsize=1 << 10)
def _lead_width(white_space: str) -> int:
    return width(white_space.replace("\f", "").replace("\t", "    "))


# A sign that starts so many lines, and stands inside them a quarter as often at most, is this document's bullet.
_BULLETED = 3


def _own_bullets(pieces: list[Piece]) -> set[str]:
    """Signs that a document uses as bullets, whatever they are: scanners make ``™`` and ``@`` of them."""
    first = Counter(piece.text[0] for piece in pieces if piece.starts == "O" and not piece.text[0].isalnum())
    signs = {sign: count for sign, count in first.items() if count >= _BULLETED and sign not in "<$#\\|"}
    if not signs:
        return set()
    lead = "".join(signs) + " "
    inside = Counter(char for piece in pieces for char in piece.text.lstrip(lead) if char in signs)
    return {sign for sign, count in signs.items() if 4 * inside[sign] <= count}


def _removed_between(draft: Draft, start: int, end: int) -> bool:
    index = bisect_left(draft.removals, start)
    return index < len(draft.removals) and draft.removals[index] <= end


_SPACES = lazy_plain(r"[ \u3000\u00a0\t]+")


def split_at_spaces(draft: Draft, lines: list[Piece], limit: float) -> list[Piece]:
    """Cut the lines wider than ``limit`` cells at every space: there a printed line may have ended.

    Rows with text beside text stay whole: what parts it is no line end.
    """
    pieces: list[Piece] = []
    rows = draft.once(side_by_side)
    for line in lines:
        if line.width <= limit or (rows and draft.text.rfind("\n", 0, line.start) + 1 in rows):
            pieces.append(line)
            continue
        start = line.start
        first = True
        for gap in [*_SPACES.finditer(draft.text, line.start, line.end), None]:
            end = gap.start() if gap else line.end
            pieces.append(
                make(draft.text[start:end], start, lead=line.lead if first else 0,
                     blanks=line.blanks if first else 0, space=not first, cut=line.cut and first)
            )  # fmt: skip
            pieces[-1].quoted = line.quoted
            first = False
            start = gap.end() if gap else end
    return _with_items(pieces)


def _with_items(pieces: list[Piece]) -> list[Piece]:
    """``pieces``, with those that begin with a number told apart: items, and such as begin so by chance."""
    texts = [piece.text for piece in pieces]
    if any(piece.starts == "L" for piece in pieces):
        for index in coincidences(texts):
            if pieces[index].starts == "L":
                pieces[index].starts = "K" if texts[index][0] in OPENING_BRACKETS else "O"
    for index in bare_items(texts):
        pieces[index].starts = "L"
    return pieces


_MARKS = frozenset(CLOSING + OPENING)


@cache
def is_han(char: str) -> bool:
    """Whether ``char`` belongs to running Chinese or Japanese text."""
    # As a rule it is one of these, and to compile the pattern takes longer than a small text.
    return "\u4e00" <= char <= "\u9fff" or (not char.isascii() and char not in _MARKS and bool(HAN.match(char)))
