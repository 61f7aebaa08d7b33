"""Spaces: takes out those an extractor left inside Chinese text, and leaves the author's.

An author puts a space between two Han characters to part two things: a number and its heading, a title's halves,
the names of a list. So his spaces hardly ever split a word, and never stand beside ``，`` or ``。``. An
extractor's fall anywhere: a third of them split a common word (data/pairs.txt), a tenth stand beside a mark.

==========================================  =======================================================
a document's spaces between wide characters  what is done
==========================================  =======================================================
2 or more split a common word, and that is   all go that are not the author's by their place
more than chance (_EVIDENCE)                 (below); beside full-width marks too
fewer                                        only those that split a common word or stand beside a mark,
                                             and only if breaks of the document were repaired
line of single characters all spaced out     closed up if the whole is a sentence, or a heading word of several
                                             so set; but one ideographic space each is the author's
by its place the author's                    after a number or a heading's number; more than one cell wide
==========================================  =======================================================
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, starmap
from typing import NamedTuple

from cleaner.cells import width
from cleaner.config import Config
from cleaner.draft import Draft, Line
from cleaner.edits import Edit
from cleaner.patterns import lazy, lazy_plain
from cleaner.pieces import NUMBERING
from cleaner.words import common_pairs, headings

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = r"，。、；：！？）》」』】"
_OPEN = r"（《「『【"
# Each begins with the space itself: that is looked for ten times as fast as what stands before it.
_BETWEEN = lazy_plain(rf"\x20(?<=[{_HAN}]\x20)(?=[{_HAN}])")
# Curly quotation marks are Latin ones too: they count only beside Han or a full-width mark.
_BESIDE = lazy_plain(
    rf"\x20(?:(?<=[{_MARKS}{_OPEN}]\x20)\x20?(?=\S)|(?<=\S\x20)\x20?(?=[{_MARKS}])|(?<=[{_HAN}]\x20)(?=[{_OPEN}“‘])"
    rf"|(?<=[{_HAN}{_MARKS}][”’]\x20)(?=[{_HAN}])|(?<=[“‘]\x20)(?=[{_HAN}])|(?<=[{_HAN}]\x20)(?=’)|(?<=\S\x20)(?=”))"
)
_BEFORE_HALF_MARK = lazy_plain(rf"\x20(?<=[{_HAN}”]\x20)(?=[,;:!?](?![!-~]))")
_AFTER_HALF_MARK = lazy_plain(rf"\x20(?<=[{_HAN}”][,;:!?]\x20)(?=[{_HAN}“])")
_TIGHT_HALF_MARK = lazy(rf"[,;:!?](?<=[{_HAN}”].)(?=[{_HAN}“])")
_SPACED_QUOTE, _TIGHT_QUOTE = lazy(rf"\x20“(?<=[{_HAN}]..)"), lazy(rf"“(?<=[{_HAN}].)")
_SPACED_HALF_MARK, _FULL_MARK = lazy(rf"[;!?]\x20(?<=[{_HAN}]..)[{_HAN}“”]"), lazy_plain("[；！？]")
_AFTER_NOTE = lazy(rf"）\x20(?=[{_HAN}])")
_UNOPENED = lazy_plain("[^“”]*”")
_QUOTES, _BRACKETS = "“‘”’", "（）《》「」『』【】"
_WIDE_MARKS = frozenset(_MARKS + _OPEN + _QUOTES)
_SENTENCE = lazy_plain("[。！？!?]")
# Marks of running text: a form's "姓名： 王" has none of them.
_PROSE = lazy_plain("[。！？，；、!?]|[,;](?=\\S)|^“.*”$")
# Some authors put a space after every sentence.
_SPACED_STOP, _TIGHT_STOP = lazy_plain(r"[。！？]\x20\S"), lazy_plain(r"[。！？][^\s”’」』）]")
_STRETCHED = lazy_plain(r"(?<=\S)\x20{2,}(?=\S)")
_SPACED_OUT = lazy(rf"\s*[{_HAN}](?:[ \u3000]+[{_HAN}])+\s*")
# A word or an item's mark at the head of a line, and the gap after it: what it means stands in a column of its own.
_LABEL = lazy_plain(r"\s*\S+ {2,}$")
_OWN_GAPS = lazy_plain(r"\s*\S(?:\u3000\S)+\s*")
_REPAIRS = frozenset({"soft-break", "cut-line", "hard-break", "line-end-hyphen"})

# The tones of pinyin: in a lesson the spaces show where words end. (An acute or grave vowel may be French.)
_TONES = "āēīōūǎěǐǒǔǖǘǚǜ"
_TONED = lazy_plain(f"[{_TONES}]")
_LESSON = 3
_LEAST = 2
# Justified text has at least so many widened gaps, none wider than so many spaces, in lines longer than that.
_JUSTIFIED, _WIDEST, _FULL = 4, 12, 30
# Of the four lines around a row, so many have a gap in the same place. In justified lines of two widened gaps one in
# seventy has, and with more gaps it would have to be so for all of them.
_ALIGNED = 2
# Logarithms of how much oftener an extractor's space splits a common word, or does not, than an author's: 33 %
# against 1.5 % of them do (measured, see tests/benchmark/derive_pairs.py).
_SPLITS, _SPLITS_NOT = 3.1, -0.38
# Spaces in a line that may be a list.
_LISTED = 3
# Characters: texts that are cut at their spaces before patterns are made.
_SHORT = 20_000
# Characters: shorter lines, each character by itself, may be a list.
_LONG = 12
# Odds of 7 to 1.
_EVIDENCE = 2.0


class _Site(NamedTuple):
    """A space between two Han characters."""

    at: int
    line: int
    word: bool
    """Whether it splits a common word."""
    prose: bool
    """Whether it stands in a sentence: a title may be set with spaces, or have kept a line end as one."""


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Take out the spaces of ``draft`` that an extractor left.

    >>> [edit.start for edit in propose(Draft("防 火的情 况要报 告，不 得延误。\\n"), Config())]
    [1, 5, 9, 13]
    >>> list(propose(Draft("第一条 为了加强管理\\n张三 李四 王五\\n"), Config()))
    []
    """
    text = draft.text
    if " " not in text:
        return
    if not draft.uncommon.isdisjoint(_TONES) and len(_TONED.findall(text)) >= _LESSON:
        return
    if not draft.has_gaps and not _has_wide_sites(text):
        yield from _divided_words(draft, False)
        return
    repaired = any(edit.rule in _REPAIRS for edit in draft.edits)
    sites: list[_Site] = []
    apart: list[Line] = []
    for line in draft.lines():
        if " " not in line.text and "\u3000" not in line.text:
            continue
        if _SPACED_OUT.fullmatch(line.text):
            apart.append(line)
        else:
            sites += _sites(line)
    for line in _closed_up(apart, repaired):
        yield from _close_up(draft, line)
    words = sum(site.word for site in sites if site.prose)
    others = sum(not site.word for site in sites if site.prose)
    stray = words >= _LEAST and words * _SPLITS + others * _SPLITS_NOT > _EVIDENCE
    lists = set() if stray else {line.number for line in draft.lines() if _is_list(line)} | _entries(draft)
    strays = repaired and (words or _spaces_were_line_ends(draft))
    for site in sites:
        split = site.word and site.line not in lists and (repaired if site.prose else strays)
        if split or (stray and site.prose):
            yield from draft.delete(site.at, site.at + 1, "stray-space", "a space inside Chinese text")
    yield from _divided_words(draft, repaired)
    if stray or repaired:
        patterns = [_BEFORE_HALF_MARK]
        if len(_SPACED_STOP.findall(text)) <= len(_TIGHT_STOP.findall(text)):
            patterns.append(_BESIDE)
        if len(_TIGHT_HALF_MARK.findall(text)) > 3 * len(_AFTER_HALF_MARK.findall(text)) or _misread(draft):
            patterns.append(_AFTER_HALF_MARK)  # here the author does not put one
        # Some authors part a quotation from the Han before it.
        spaced, tight = len(_SPACED_QUOTE.findall(text)), len(_TIGHT_QUOTE.findall(text))
        quotes = _QUOTES if spaced > max(2 * tight, _LEAST) else ""
        for line in draft.lines():
            if _PROSE.search(line.text):
                yield from _beside_marks(draft, line, patterns, quotes + _BRACKETS * (line.number in lists))
    if repaired:
        yield from _stretched(draft)


def _spaces_were_line_ends(draft: Draft) -> bool:
    """Whether line ends had become spaces: that of a title of two lines may be left."""
    return any(edit.rule == "soft-break" and "\n" not in draft.source[edit.start : edit.end] for edit in draft.edits)


def _has_wide_sites(text: str) -> bool:
    """Whether a text with no space beside another has one between wide characters, or beside a full-width mark."""
    if text.isascii():
        return False
    if len(text) < _SHORT and not any(starmap(_may_be_site, pairwise(text.split(" ")))):
        return False  # the three patterns take 6 ms to make
    return bool(_BETWEEN.search(text) or _BESIDE.search(text) or _BEFORE_HALF_MARK.search(text))


def _may_be_site(before: str, after: str) -> bool:
    """Whether a space between two parts of a text may be one that the patterns find."""
    left, right = before[-1:], after[:1]
    return (left > "\xff" and (right > "\xff" or right in ",;:!?")) or left in _WIDE_MARKS or right in _WIDE_MARKS


def _beside_marks(draft: Draft, line: Line, patterns: list[re.Pattern[str]], kept: str) -> Iterator[Edit]:
    """Take out the spaces that ``patterns`` find, but for those beside a mark in ``kept``."""
    label = _label_end(line.text)
    for pattern in patterns:
        for found in pattern.finditer(line.text):
            beside = line.text[found.start() - 1] in kept or line.text[found.end()] in kept
            if found.start() != label and not beside:
                yield from draft.delete(
                    line.start + found.start(),
                    line.start + found.end(),
                    "mark-space",
                    "a space beside a mark that has its own",
                )


def _is_list(line: Line) -> bool:
    """Whether the spaces of a line part the names of a list: several do, and hardly one splits a word.

    >>> _is_list(Line(0, 0, 0, 0, "黄连 当归 大黄 石斛 人参（各二两） 白术 茯苓。"))    # 黄石 is a word
    True
    >>> _is_list(Line(0, 0, 0, 0, "防 火的情 况要报 告，不 得延误。"))
    False
    """
    sites = _sites(line)
    words = sum(site.word for site in sites)
    others = len(sites) - words + len(_AFTER_NOTE.findall(line.text))
    return others >= _LISTED and words * _SPLITS + others * _SPLITS_NOT <= _EVIDENCE


_ENTRY = lazy_plain(r"[\u4e00-\u9fff]{1,5} (?=[^\s，。；：！？、])")


def _entries(draft: Draft) -> set[int]:
    """The lines of which the first word is a speaker, a rank or the like: the space behind it is the author's.

    Such a word begins several lines, or several lines in a row begin so and have no other space.

    >>> _entries(Draft("第二名 城关镇\\n第三名 白石乡\\n第四名 水口镇\\n")), _entries(Draft("乡镇要加 强防火\\n"))
    ({0, 1, 2}, set())
    """
    heads = {line.number: found.group() for line in draft.lines() if (found := _ENTRY.match(line.text))}
    counts = Counter(heads.values())
    single = {number for number in heads if draft.lines()[number].text.count(" ") == 1}
    return {
        number
        for number, head in heads.items()
        if counts[head] >= _LISTED
        or any({start, start + 1, start + 2} <= single for start in (number - 2, number - 1, number))
    }


def _misread(draft: Draft) -> bool:
    """Whether a scanner read this text.

    Scanners write half-width marks for some of the full-width ones, and a space for the rest of their width. Then
    there is no ``；``, ``！`` or ``？`` beside ``，``, or quotations are closed that nobody opened.
    """
    half = len(_SPACED_HALF_MARK.findall(draft.text))
    if half > _LEAST and "，" in draft.text and not _FULL_MARK.search(draft.text):
        return True
    return sum(bool(_UNOPENED.match(line.text)) for line in draft.lines()) >= _LEAST


def _label_end(text: str) -> int:
    """Where the number or letter that opens a heading or an item ends; -1 if there is none, or a mark parts it."""
    bare = text.lstrip()
    number = NUMBERING.match(bare)
    return len(text) - len(bare) + number.end() if number and not number.group().endswith("、") else -1


def _sites(line: Line) -> list[_Site]:
    """The spaces between Han characters of a line that are not the author's by their place."""
    places = [found.start() for found in _BETWEEN.finditer(line.text)]
    if not places:
        return []
    label = _label_end(line.text)
    common = common_pairs()
    prose = bool(_SENTENCE.search(line.text))
    return [
        _Site(line.start + at, line.number, line.text[at - 1] + line.text[at + 1] in common, prose)
        for at in places
        if at != label
    ]


def _closed_up(spaced: list[Line], repaired: bool) -> Iterator[Line]:
    """The lines of single ``spaced`` characters that are one heading word, or a sentence and no list of names.

    An author sets one ideographic space into a heading (``前\u3000言``, as standards and theses do), and an extractor
    writes no such space. So it takes a heading with other gaps to close those up, and a second heading or a repaired
    document to close up any.
    """
    titles = {line.number for line in spaced if "".join(line.text.split()) in headings()}
    wide = any(line.number in titles and not _OWN_GAPS.fullmatch(line.text) for line in spaced)
    close = wide and (repaired or len(titles) >= _LEAST)
    for line in spaced:
        if (line.number in titles and close) or _is_sentence(line.text):
            yield line


def _is_sentence(text: str) -> bool:
    """Whether a line of evenly spaced characters is a sentence and no list of names."""
    word = "".join(text.split())
    pairs = ["".join(pair) for pair in pairwise(word)]
    evenly = len(text.strip()) == 2 * len(word) - 1
    return evenly and len(word) >= _LONG and sum(pair in common_pairs() for pair in pairs) >= 0.15 * len(pairs)


def _close_up(draft: Draft, line: Line) -> Iterator[Edit]:
    for found in re.finditer(r"(?<=\S)\s+(?=\S)", line.text):
        yield from draft.delete(
            line.start + found.start(),
            line.start + found.end(),
            "letter-spacing",
            "a heading set with wide gaps",
        )


_DIVIDED = lazy_plain(r"(?<![A-Za-z\u2010-])([A-Za-z]{2,})([\u2010-])\x20(?=([a-z]{2,}))")


def _divided_words(draft: Draft, repaired: bool) -> Iterator[Edit]:
    """Words that a line end divided, in text whose line ends have become spaces.

    U+2010 is a typesetter's. A plain hyphen may be the author's ("pre- and post-war"): it goes only if the document
    has the word whole, or was broken by a printer and has neither half.
    """
    if not draft.holds("- ") and ("\u2010" not in draft.text or "\u2010 " not in draft.text):
        return
    found = list(_DIVIDED.finditer(draft.text))
    if not found:
        return
    halves = {place for site in found for place in (site.start(1), site.start(3))}
    words = {word.group().lower() for word in re.finditer("[A-Za-z]+", draft.text) if word.start() not in halves}
    for site in found:
        first, hyphen, second = site.group(1).lower(), site.group(2), site.group(3)
        strange = repaired and not (first in words or second in words)
        if hyphen == "\u2010" or first + second in words or strange:
            yield from draft.delete(
                site.start(2), site.end(), "line-end-hyphen", "the word was divided at the line end"
            )


def _stretched(draft: Draft) -> Iterator[Edit]:
    """Gaps that justification widened: several in the document, none of them wide, all beside Latin letters.

    Columns and the options of an exam have wider gaps, and brackets or digits beside them, or gaps in one place line
    after line. Typists put two spaces after a sentence, and logs of changes around a name: justification widens the
    gaps between the words first of all.
    """
    gaps: list[tuple[int, int]] = []
    for line in draft.lines():
        found = list(_STRETCHED.finditer(line.text))
        if (
            found
            and "\t" not in line.text
            and len(line.text) > _FULL
            and all(_justified(line.text, gap) for gap in found)
            and not (len(found) == 1 and _LABEL.match(line.text, 0, found[0].end()))
        ):
            gaps += [(line.start + gap.start(), line.start + gap.end()) for gap in found]
    if _between_words(draft.text, gaps) < max(_JUSTIFIED, 0.5 * len(gaps)):
        return
    columns = _Columns(draft.source)
    edits = [
        edit
        for start, end in gaps
        for edit in draft.delete(start, end - 1, "stretched-space", "a space that justification widened")
    ]
    kept = [edit for edit in edits if not columns.hold(edit.start)]
    if len(kept) >= _JUSTIFIED:
        yield from kept


def _between_words(text: str, gaps: list[tuple[int, int]]) -> int:
    """How many of the ``gaps`` have a letter or a figure on both sides."""
    return sum(text[start - 1].isalnum() and text[end].isalnum() for start, end in gaps)


class _Columns:
    """The lines of a source of which every gap begins or ends where a gap of the lines around it does.

    The source is looked at because its lines may have been joined since.

    >>> rows = "root adm     0 ./\\nroot adm   118 ./etc\\nroot adm    94 ./var\\n"
    >>> _Columns(rows).hold(8), _Columns("one   word and the next\\nis  not set below it\\n").hold(3)
    (True, False)
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._known: dict[int, bool] = {}

    def hold(self, offset: int) -> bool:
        """Whether the line with ``offset`` is a row of columns."""
        start = self._source.rfind("\n", 0, offset) + 1
        if start not in self._known:
            around = [{edge for gap in self._gaps(other) for edge in gap} for other in self._around(start)]
            self._known[start] = all(
                sum(not edges.isdisjoint(gap) for edges in around) >= _ALIGNED for gap in self._gaps(start)
            )
        return self._known[start]

    def _around(self, start: int) -> Iterator[int]:
        """Where the two lines before a line begin, and the two after it."""
        before = after = start
        for _ in range(2):
            if before:
                before = self._source.rfind("\n", 0, before - 1) + 1
                yield before
            after = self._source.find("\n", after) + 1 or len(self._source)
            yield after

    def _gaps(self, start: int) -> Iterator[tuple[tuple[str, int], tuple[str, int]]]:
        """Where, in cells of the line, each of its gaps begins and ends."""
        end = self._source.find("\n", start)
        text = self._source[start : end if end >= 0 else len(self._source)]
        at = cells = 0
        for gap in _STRETCHED.finditer(text):
            cells += width(text[at : gap.start()])
            begins = cells
            cells += gap.end() - gap.start()
            at = gap.end()
            yield ("from", begins), ("to", cells)


def _justified(text: str, gap: re.Match[str]) -> bool:
    before, after = text[gap.start() - 1], text[gap.end()]
    return gap.end() - gap.start() <= _WIDEST and any(char.isascii() and char.isalpha() for char in (before, after))
