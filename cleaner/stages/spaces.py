"""Spaces: takes out those an extractor left inside Chinese text, and leaves the author's.

An author puts a space between two Han characters to part two things: a number and its heading, a title's halves,
the names of a list. So his spaces hardly ever split a word, and never stand beside ``，`` or ``。``. An
extractor's fall anywhere: a third of them split a common word (data/pairs.txt) and more a pair that the document
itself writes without; a tenth stand beside a mark.

==========================================  =======================================================
a document's spaces between wide characters  what is done
==========================================  =======================================================
3 or more split a word, and a quarter do, or  all go that are not the author's by their place
some stand beside a mark                     (below); beside full-width marks too
fewer, or less often                         only those that split a word or stand beside a mark,
                                             and only if breaks of the document were repaired
line of single characters all spaced out     closed up if the whole is a heading word, or the line is long
by its place the author's                    after a number or a heading's number, in a line without a
                                             mark that has more than one, more than one cell wide
==========================================  =======================================================
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import pairwise

from cleaner.config import Config
from cleaner.draft import Draft, Line
from cleaner.edits import Edit
from cleaner.pieces import NUMBERING
from cleaner.words import common_pairs

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = r"，。、；：！？）》」』】"
_OPEN = r"（《「『【"
_BETWEEN = re.compile(rf"(?<=[{_HAN}])\x20(?=[{_HAN}])")
# Curly quotation marks are Latin ones too: they count only beside Han or a full-width mark.
_BESIDE = re.compile(
    rf"(?<=[{_MARKS}{_OPEN}])\x20{{1,2}}(?=\S)|(?<=\S)\x20{{1,2}}(?=[{_MARKS}])|(?<=[{_HAN}])\x20(?=[{_OPEN}“‘])"
    rf"|(?<=[{_HAN}{_MARKS}][”’])\x20(?=[{_HAN}])|(?<=[“‘])\x20(?=[{_HAN}])|(?<=[{_HAN}])\x20(?=’)|(?<=\S)\x20(?=”)"
)
_BEFORE_HALF_MARK = re.compile(rf"(?<=[{_HAN}”])\x20(?=[,;:!?])")
_AFTER_HALF_MARK = re.compile(rf"(?<=[{_HAN}”][,;:!?])\x20(?=[{_HAN}“])")
_TIGHT_HALF_MARK = re.compile(rf"(?<=[{_HAN}”][,;:!?])(?=[{_HAN}“])")
_STRETCHED = re.compile(r"(?<=\S)\x20{2,}(?=\S)")
_SPACED_OUT = re.compile(rf"\s*[{_HAN}](?:[ \u3000]+[{_HAN}])+\s*")
# Words that stand over a part of a document, often set with wide gaps to look like more.
_HEADINGS = frozenset(
    "摘要 目录 目錄 附则 附則 总则 總則 前言 引言 序言 结论 結論 结语 結語 后记 後記 致谢 致謝 附录 附錄 绪论 緒論 参考文献 參考文獻 "
    "内容提要 编者按 编后记 目次 凡例 跋 序 导言 導言 题记 题解 说明 通知 公告 决定 报告 通报 批复 意见 函 合同 协议书 证明 声明".split()
)
_REPAIRS = frozenset({"soft-break", "cut-line", "hard-break", "line-end-hyphen"})

_LEAST = 3
_STRAY_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class _Site:
    """A space between two Han characters, and whether taking it out makes a word."""

    at: int
    word: bool


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Take out the spaces of ``draft`` that an extractor left.

    >>> [edit.start for edit in propose(Draft("防 火的情 况要报 告，不 得延误。\\n"), Config())]
    [1, 5, 9, 13]
    >>> list(propose(Draft("第一条 为了加强管理\\n张三 李四 王五\\n"), Config()))
    []
    """
    text = draft.text
    if not _BETWEEN.search(text) and not _BESIDE.search(text) and "  " not in text and not _BEFORE_HALF_MARK.search(text):
        return
    repaired = any(edit.rule in _REPAIRS for edit in draft.edits)
    sites: list[_Site] = []
    known = _pairs(text) if _BETWEEN.search(text) else frozenset()
    for line in draft.lines():
        if _SPACED_OUT.fullmatch(line.text):
            if _closes_up(line.text):
                yield from _close_up(draft, line)
            continue
        sites += _sites(line, known)
    words = sum(site.word for site in sites)
    beside = len(_BESIDE.findall(text)) if sites else 0
    stray = words >= _LEAST and (words >= _STRAY_SHARE * len(sites) or beside >= max(2, 0.1 * len(sites)))
    for site in sites:
        if stray or (repaired and site.word):
            yield from draft.delete(site.at, site.at + 1, "stray-space", "a space inside Chinese text")
    if stray or repaired:
        patterns = [_BESIDE, _BEFORE_HALF_MARK]
        if len(_TIGHT_HALF_MARK.findall(text)) > 3 * len(_AFTER_HALF_MARK.findall(text)):
            patterns.append(_AFTER_HALF_MARK)  # here the author does not put one
        for pattern in patterns:
            for found in pattern.finditer(text):
                yield from draft.delete(found.start(), found.end(), "mark-space", "a space beside a mark that has its own")
    if repaired:
        yield from _stretched(draft)


def _sites(line: Line, known: Set[str]) -> list[_Site]:
    """The spaces between Han characters of a line that are not the author's by their place."""
    places = [found.start() for found in _BETWEEN.finditer(line.text)]
    if not places:
        return []
    number = NUMBERING.match(line.text.lstrip())
    after_number = len(line.text) - len(line.text.lstrip()) + number.end() if number else -1
    if not re.search("[，。；：！？,;:!?]", line.text) and len(line.text) < 40:
        return []
    return [_Site(line.start + at, line.text[at - 1] + line.text[at + 1] in known) for at in places if at != after_number]


def _pairs(text: str) -> Set[str]:
    """Pairs of characters that belong together: in common words, or in this document."""
    return common_pairs() | {left + right for left, right in pairwise(text)}


def _closes_up(text: str) -> bool:
    """Whether a line of single spaced characters is one heading word, or so long that its spaces cannot be meant."""
    word = "".join(text.split())
    return word in _HEADINGS or len(word) >= 12


def _close_up(draft: Draft, line: Line) -> Iterator[Edit]:
    for found in re.finditer(r"(?<=\S)\s+(?=\S)", line.text):
        yield from draft.delete(
            line.start + found.start(), line.start + found.end(), "letter-spacing", "a heading set with wide gaps"
        )


def _stretched(draft: Draft) -> Iterator[Edit]:
    """Gaps that justification widened, in lines that have many of them."""
    for line in draft.lines():
        gaps = list(_STRETCHED.finditer(line.text))
        if len(gaps) < 3 and not (gaps and len(line.text) > 60):
            continue
        for gap in gaps:
            start = line.start + gap.start()
            yield from draft.delete(start, line.start + gap.end() - 1, "stretched-space", "a space that justification widened")
