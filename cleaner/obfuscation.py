"""Words and addresses spelled to escape a filter: widths and cases mixed, dots in disguise, letters apart.

What is spelled like that is meant to be read by people and missed by programs: evidence enough by itself.
"""

import re
from collections.abc import Iterator
from itertools import accumulate

import regex

from cleaner.patterns import lazy, lazy_plain
from cleaner.shadow import squeeze

# Full-width Latin to ASCII, one for one: case and spaces must stay to be judged.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_TOPS = (
    "com",
    "net",
    "org",
    "info",
    "cn",
    "cc",
    "la",
    "tv",
    "xyz",
    "top",
    "vip",
    "club",
    "site",
    "me",
    "us",
    "in",
    "co",
    "biz",
)
_TOP = "(?:" + "|".join(r"[ \xa0]?".join(top) for top in _TOPS) + ")"
_SPACED_TOP = _TOP.replace("]?", "]")
_DOT = r"[ \xa0]?(?:[.。·•‧=,，、_]|点|點)[ \xa0]?"
_SPELLED = lazy(
    rf"""(?xi)
    (?<![a-z]) (?:w[ \xa0]?w[ \xa0]?w|w[ \xa0]?a[ \xa0]?p|m)
      {_DOT} (?:[a-z0-9-][ \xa0]?){{1,40}}?  # www. and a name, spaces anywhere
      (?:{_DOT} (?:[a-z0-9-][ \xa0]?){{1,30}}? ){{0,3}}? {_DOT} {_TOP} (?:{_DOT}{_TOP})? (?![a-z0-9])
    | (?<![a-z0-9]) (?:[a-z0-9][ \xa0]){{3,30}}+ [.。][ \xa0]? {_SPACED_TOP} (?![a-z0-9])
    | (?<![a-z]) www (?:(?:。|点|點)[a-z0-9-]{{2,30}}){{2,4}} (?![a-z0-9])
    | (?<![a-z0-9@./-]) [a-z0-9-]{{2,40}} (?:[.。]|点|點) (?:{"|".join(_TOPS)})
      (?:(?:[.。]|点|點)(?:cn|com))? (?![a-z0-9(])
    """
)
_ODD_DOT = lazy(
    r"""(?xi)
    (?:。|点|點)[ ]?(?:com|net|cn|org|cc|info|c[ ]om|co[ ]m)
    | www[ ]?(?:。|点|點|=|·|_|、)
    | ^w[^/]*(?:=|·|_|，|,)[ ]?(?:com|net|cn|org)
    """
)
# Case that goes up and down where nobody writes a name: wWw, cOm, hAoSHudU; www.GitHub.com is a name.
_ODD_CASE = lazy(
    r"""(?x)
    (?<![A-Za-z])(?!WWW|www|Www)[wW]{3}(?![A-Za-z])
    | [.。](?!(?:com|COM|Com|net|NET|Net|cn|CN|Cn|co|CO|ne|NE|no|NO)(?![A-Za-z]))[cCnN][oOeEnN][mMtT]?(?![A-Za-z])
    | (?:[a-z]+[A-Z]+){3}
    """
)


def _is_obfuscated(original: str) -> bool:
    """Whether an address is spelled to escape a filter.

    >>> _is_obfuscated("ＷＷＷ。hＡoＳhuＤＵ.ＣＯm"), _is_obfuscated("w ww .ab c.c om")
    (True, True)
    >>> _is_obfuscated("www.Abc.com"), _is_obfuscated("www.abc. com"), _is_obfuscated("ｗｗｗ．ａｂｃ．ｃｏｍ")
    (False, False, False)
    >>> _is_obfuscated("www.abc.cO"), _is_obfuscated("www.abc.co.uk")    # cO is nobody's, co is Colombia's
    (True, False)
    """
    wide = sum(1 for character in original if "\uff21" <= character <= "\uff5a")
    narrow = sum(1 for character in original if character.isascii() and character.isalpha())
    plain = original.translate(_NARROW)
    if min(wide, narrow) > 1 or _ODD_DOT.search(plain) or _ODD_CASE.search(plain):
        return True
    # One space may be a line end of the printing; two inside one address are on purpose.
    return plain.count(" ") + plain.count("\xa0") >= 2


def obfuscated_addresses(original: str) -> list[tuple[int, int]]:
    """Where addresses stand in ``original`` that are spelled to escape a filter."""
    return [
        found.span()
        for found in _SPELLED.finditer(original.translate(_NARROW))
        if _is_obfuscated(original[found.start() : found.end()])
    ]


# A row of marks is read from its beginning only: from each of them on it would take time by the square of its length.
_ODD_MARK = r"[./\\|?!*~^_+=\-·・。．，／＼｜？！＿＊～＋＝…←→]"
_IN_PIECES = lazy(
    rf"(?i)(?<!{_ODD_MARK}){_ODD_MARK}*+(?<![A-Za-z0-9])(?:[\p{{Han}}a-z]{{1,2}}{_ODD_MARK}{{1,3}}+){{3,16}}+[\p{{Han}}a-z]{{1,3}}(?![a-z]){_ODD_MARK}*+"
)
# One letter or sign again and again between the letters of a name.
_INTERLEAVED = lazy(r"\p{Han}([^\s\p{Han}\p{P}\d×xX+=/|<>])\p{Han}(?:\1\p{Han}){2,20}+")
# Cheap sign of one in a line of a shadow; and two cheaper ones, without which it has none, for the whole shadow: a
# mark again after one character or two. (The first alone takes 57 ms for a megabyte of prose, the three 4.)
_MARKED = lazy(
    r"\p{Han}([^\s\p{Han}\p{P}\d])\p{Han}\1\p{Han}"
    r"|(?<![./\\|?*~^_+=\-·…←→])[./\\|?*~^_+=\-·…←→]++[\p{Han}a-z]{1,2}[./\\|?*~^_+=\-·…←→]++[\p{Han}a-z]"
)
_LONG = 20_000
_MARK_AROUND = lazy_plain(r"([^\s\d\u4e00-\u9fff,.;:!?()、。“”‘’《》…—\-\"'])[^\x00-\x7f]\1")
_MARK_SOON = lazy_plain(r"[./\\|?*~^_+=\-·…←→][^./\\|?*~^_+=\-·…←→\n]{1,2}[./\\|?*~^_+=\-·…←→]")
_SPLIT_WORD = lazy(
    r"小说|书[网吧屋城库]|txt|文学|阅读|电子书|下载|免费|论坛|文库|首发|更新|无错|手打|公众号"
    r"|微信|点(?:com|cc|cn|net)"
)


def marked_lines(text: str) -> Iterator[int]:
    """A place in every line of ``text``, a shadow, whose letters may have marks between them.

    >>> list(marked_lines("天黑了。\\nt.xt.小..说...天.堂\\n他3.5分，4.5分"))
    [5]
    """
    for sign in _cheap_signs(text):
        end = 0
        for found in sign.finditer(text):
            if found.start() >= end:
                start = text.rfind("\n", 0, found.start()) + 1
                end = text.find("\n", found.end())
                end = end if end >= 0 else len(text)
                if _MARKED.search(text, start, end):
                    yield start


def _cheap_signs(text: str) -> "tuple[re.Pattern[str] | regex.Pattern[str], ...]":
    if len(text) < _LONG:
        return (_MARKED,)  # the others are not worth being compiled
    return (_MARK_SOON,) if text.isascii() else (_MARK_AROUND, _MARK_SOON)


def names_in_pieces(original: str) -> list[tuple[int, int]]:
    """Where words of sites stand with marks between their letters.

    >>> names_in_pieces("天黑了。t.xt.小..说...天.堂")
    [(4, 19)]
    >>> names_in_pieces("体裁：小说/散文/诗歌/戏剧"), names_in_pieces("小！说！书！网")
    ([], [])
    """
    spans = []
    for found in _INTERLEAVED.finditer(original):
        if _SPLIT_WORD.search(regex.sub(r"\P{Han}", "", squeeze(found[0]))):
            spans.append(found.span())
    for found in _IN_PIECES.finditer(original):
        # A full stop at either end belongs to the sentences around.
        start, end = found.span()
        head = regex.match(r"[^./\\|?*~^_+=\-·．／＼｜？＿＊～＋＝…←→]*[。！!，]", found[0])
        tail = regex.search(r"[。！!，][^./\\|?*~^_+=\-·．／＼｜？＿＊～＋＝…←→]*$", found[0])
        start += head.end() if head else 0
        end = found.start() + tail.start() if tail else end
        if start >= end or not _is_in_pieces(original[start:end]):
            continue
        spans.append((start, end))
    return sorted(spans)


def _is_in_pieces(original: str) -> bool:
    pieces = regex.findall(r"(?i)[\p{Han}a-z]+", original)
    borders = set(accumulate(len(piece) for piece in pieces))
    # Commas and full stops alone are a list; filters are escaped with marks no sentence has there.
    odd = regex.findall(r"(?<=[\p{Han}a-zA-Z])[^\p{Han}a-zA-Z，。！？!?、]", original)
    words = _SPLIT_WORD.finditer("".join(pieces).lower())
    return len(odd) >= 2 and any(
        border in borders for word in words for border in range(word.start() + 1, word.end())
    )
