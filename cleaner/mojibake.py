"""Text that was decoded in the wrong encoding once, and can be decoded rightly because nothing was lost.

The accidents known: UTF-8 read as GBK (榛勮搲 is 黄蓉), UTF-8 read as Windows-1252 or Latin-1 (ä½† is 但),
GBK read as Latin-1 (ÄãºÃ is 你好), and one of them after another. A repair is proposed only where the way
there and back is exact and the result much likelier as Chinese than what stands there. What was lost for
good (锟斤拷, U+FFFD) is not touched: see the damage that decode reports.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from cleaner.narrow import narrow
from cleaner.patterns import lazy_plain


class Repair(NamedTuple):
    """Replace the characters ``start:end`` of a text by ``replacement``."""

    start: int
    end: int
    replacement: str
    kind: str
    """"utf-8-as-gbk", "utf-8-as-windows-1252" or "gbk-as-latin-1"."""


def repairs(text: str) -> tuple[Repair, ...]:
    """The places where the text is mojibake and what belongs there, in order and apart; usually none.

    >>> repairs("射雕英雄传里的榛勮搲和郭靖")
    (Repair(start=7, end=10, replacement='黄蓉', kind='utf-8-as-gbk'),)
    >>> repairs("曹锟的手烫烫的，锟斤拷是乱码，café 与 naïve 不是。")
    ()
    """
    if text.isascii():
        return ()
    # Of what shows the others Chinese text has hardly a character.
    latin = () if narrow(text).isascii() else (*_windows_1252(text), *_latin_1(text))
    found = sorted((*_gbk(text), *latin), key=lambda repair: (repair.start, -repair.end))
    apart: list[Repair] = []
    for repair in found:
        if not apart or repair.start >= apart[-1].end:
            apart.append(repair)
    return tuple(apart)


# ---- the three accidents, each with a pattern that clean text hardly ever matches


def _gbk(text: str) -> Iterator[Repair]:
    """UTF-8 read as GBK.

    Three bytes and pairs fall into step at every second character only; where a run ends between, its last
    character is lost for good (浣犲ソ鍚? was 你好吗) and what is left of it stays.
    """
    if len(text) < _LONG and _gbk_leads().isdisjoint(text):
        return
    for run in _gbk_pattern().finditer(text):
        if "€" not in run[0] and not _THREE_BYTES.search(run[0].encode("gb18030", "replace")):
            continue  # as a rule, in text with rare characters: that is quick
        # The euro sign stands for byte 80 where Windows did the reading.
        for variant in ("", "€") if "€" in run[0] else ("",):
            yield from _gbk_in(run.start(), run[0], variant)


def _gbk_in(offset: int, run: str, variant: str) -> Iterator[Repair]:
    codes = [b"\x80" if character == variant else character.encode("gb18030", "replace") for character in run]
    data = b"".join(codes)
    bounds = {at: index for index, at in enumerate(accumulate(map(len, codes), initial=0))}
    for match in _THREE_BYTES.finditer(data):
        begin = next((at for at in range(match.start(), match.end(), 3) if at in bounds), match.end())
        end = next((at for at in range(match.end(), begin, -3) if at in bounds), begin)
        repair = _repair(offset + bounds.get(begin, 0), run[bounds.get(begin, 0) : bounds.get(end, 0)],
                         data[begin:end].decode("utf-8", "replace"), "utf-8-as-gbk")  # fmt: skip
        if repair:
            yield repair


# Shorter texts are looked through for one of some characters before the pattern of them is compiled.
_LONG = 20_000


@cache
def _gbk_leads() -> frozenset[str]:
    """What begins UTF-8 read as GBK."""
    leads = (0xE2, 0xE3, *range(0xE4, 0xEA), 0xEF)
    pairs = b"".join(bytes((lead, trail)) for lead in leads for trail in range(0x80, 0xC0))
    return frozenset(pairs.decode("gb18030"))


@cache
def _gbk_pattern() -> re.Pattern[str]:
    """That, and what is not ASCII after it: two Han are three characters."""
    return re.compile(f"[{''.join(sorted(_gbk_leads()))}][^\0-\x7f]{{2,}}")


_THREE_BYTES = lazy_plain(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}){2,}")


def _windows_1252(text: str) -> Iterator[Repair]:
    """UTF-8 read as Windows-1252 or Latin-1."""
    if not _WINDOWS_HINT.search(text):
        return
    for run in _WINDOWS.finditer(text):
        result = _from_windows_1252(run[0])
        repair = result and _repair(run.start(), run[0], result, "utf-8-as-windows-1252")
        if repair:
            yield repair


def _latin_1(text: str) -> Iterator[Repair]:
    """GBK read as Latin-1 or Windows-1252. A sound letter beside the run may have to be left out."""
    for run in _LATIN_1.finditer(text):
        for begin, end in ((0, 0), (1, 0), (0, 1), (1, 1)):
            part = run[0][begin : len(run[0]) - end]
            result = _from_latin_1(part)
            # Letters in a row are weaker evidence than the patterns of the others (ÀÁÂÃ in a table is 懒旅
            # too): the characters must be of the commonest, whose mean cost is 7 to 8.
            if result and _cost(result) < 8.0 * len(result):
                yield Repair(run.start() + begin, run.start() + begin + len(part), result, "gbk-as-latin-1")
                break


_CODES_1252 = {
    bytes((code,)).decode("cp1252"): code for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_FOLLOW = "[\x80-\xbf" + "".join(sorted(_CODES_1252)) + "]"
# Three-byte characters of UTF-8 as Windows-1252 or Latin-1 shows them, or those of such a text once again.
_TWICE = f"\xc3{_FOLLOW}(?:(?:\xc2|[\xc5\xc6\xcb]|\xe2{_FOLLOW}){_FOLLOW}){{2}}"
_WINDOWS = lazy_plain(f"(?:{_TWICE})+|(?:[\xe2-\xef]{_FOLLOW}{{2}})+")
_WINDOWS_HINT = lazy_plain(f"[\xc3\xe2-\xef]{_FOLLOW}")  # ten times as fast, and hardly any text gets further
_LATIN_1 = lazy_plain("[\xa1-\xff]{4,}")  # no language spells with four such letters in a row


# ---- undoing, and the evidence asked for

# The price of one more rare character: what stands there must be that much less likely than what is put
# there.
_MARGIN = 8.0


def _repair(start: int, broken: str, result: str, kind: str) -> Repair | None:
    for candidate in (_once_more(result), result):
        if candidate and _is_better(candidate, broken):
            return Repair(start, start + len(broken), candidate, kind)
    return None


def _is_better(text: str, broken: str) -> bool:
    """Whether a repair is Chinese, and much likelier than what it replaces.

    >>> _is_better("黄蓉", "榛勮搲"), _is_better("é", "Ã©")
    (True, False)
    """
    signs = sum(character >= "\u2010" for character in text)
    # A mean of 11 lets a rare name pass; a reading by chance has 13.
    limit = min(_cost(broken) - _MARGIN, 11.0 * len(text))
    return signs * 2 >= len(text) > 0 and _cost(text) < limit


def _cost(text: str) -> float:
    """The cost of ``text`` as Chinese."""
    from cleaner.plausibility import chinese, cost  # slow to import, and most texts get no further than the patterns

    return cost(text, chinese())


def _once_more(text: str) -> str | None:
    """The text after another such accident is undone, or None."""
    for restore in (_from_windows_1252, _from_latin_1):
        result = restore(text)
        if result and _cost(result) < _cost(text) - _MARGIN:
            return _once_more(result) or result
    return None


def _from_windows_1252(text: str) -> str | None:
    """The UTF-8 text that was read as Windows-1252, or as Latin-1 where that has no character."""
    try:
        result = bytes(_CODES_1252.get(character, ord(character)) for character in text).decode()
    except ValueError:  # of which UnicodeError is one
        return None
    return None if result.isascii() else result


def _from_latin_1(text: str) -> str | None:
    """The GBK text that was read as Latin-1, if it is of common characters."""
    try:
        result = bytes(_CODES_1252.get(character, ord(character)) for character in text).decode("gb18030")
    except ValueError:
        return None
    return result if len(result) >= 2 and "\ufffd" not in result else None
