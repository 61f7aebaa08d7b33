"""Characters as a typesetter sees them: how wide they are and where a line may break between them."""

import re
from functools import cache

from cleaner.patterns import lazy_plain

# Marks that may not start a line (kinsoku): the typesetter pulls them back or hangs them.
CLOSING = "，。、；：！？）》〉」』】〕〗］”’…—～·％‰℃,.;:!?)]}%»›"
# Marks that may not end a line.
OPENING = "（《〈「『【〔〖［“‘([{«‹￥$"

_HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = r"\u3040-\u30ff\u31f0-\u31ff"
_HANGUL = r"\u1100-\u11ff\uac00-\ud7a3"
HAN = lazy_plain(rf"[{_HAN}{_KANA}]")
"""A character of the running Chinese (or Japanese) text, which takes no space to its neighbour."""

# East Asian Width W and F, and of the ambiguous ones those that Chinese fonts draw a full em wide.
_WIDE_ALWAYS = (
    rf"{_HAN}{_KANA}{_HANGUL}\u2ff0-\u303f\u3100-\u33ff\ua000-\ua4cf\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6"
)
_WIDE_IN_HAN_TEXT = (
    r"\u2014-\u2016\u2018-\u201d\u2025\u2026\u2030\u203b\u2103\u2116\u2160-\u217f\u2190-\u2193\u2200-\u22ff"
    r"\u2460-\u24ff\u2500-\u25ff\u2605\u2606\u2640\u2642\xd7\xf7\xb1\xb7"
)
_NARROW = lazy_plain(rf"[^{_WIDE_ALWAYS}{_WIDE_IN_HAN_TEXT}]+")


def width(text: str) -> int:
    """Cells that ``text`` takes in a Chinese font: 2 for a wide character, 1 for a narrow one.

    >>> width("市场 market")
    11
    >>> width("“好”—")    # ambiguous in Unicode, an em each in Chinese print
    8
    """
    narrow = _NARROW.findall(text)
    return 2 * len(text) - sum(map(len, narrow)) if narrow else 2 * len(text)


@cache
def is_wide(char: str) -> bool:
    """Whether one character is wide; asked of a few thousand characters a million times.

    >>> is_wide("好"), is_wide("a")
    (True, False)
    """
    return width(char) == 2


# Widths of Latin letters in a proportional face, in cells of half an em. Averages over common serif and
# sans-serif text faces, rounded: what matters is that "mill" and "WWWW" are not taken for equals.
_PROPORTIONAL = {
    **dict.fromkeys("ijl.,:;'!|", 0.55),
    **dict.fromkeys('ft()[]{}-/\\ r"`I', 0.68),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&", 1.36),
    **dict.fromkeys("mMwW@%", 1.68),
}


def proportional_surplus(text: str) -> float:
    """How many cells wider ``text`` is in a proportional face than with one cell per narrow character.

    >>> proportional_surplus("ill") < 0 < proportional_surplus("MW")
    True
    """
    narrow = text.encode("ascii", "ignore").decode("ascii")
    return sum(_PROPORTIONAL.get(char, 1.05) - 1 for char in narrow if " " <= char <= "~")


_close, _open = re.escape(CLOSING), re.escape(OPENING)
_LATIN = r"A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff_@#&+=~^*/\\<>|'\"`\-"
TOKEN = lazy_plain(
    rf"""(?x)
    [{_open}]{{0,4}}                       # opening marks stay with what they open
    (?: [{_LATIN}] (?:[{_LATIN}.,:%$?!]{{0,23}}[{_LATIN}%])?   # a Latin word, number or address
      | [^\s] )                            # or one wide character
    (?: (?:——|……)? [{_close}]{{0,4}} )    # closing marks stay with what they close
    (?: \x20 (?=[.,:;!?%)]) \S[^\s]{{0,8}} )?  # and a space before such a mark does not help
    """
)
"""What a typesetter does not break. Bounded, so that a line without any space stays linear."""


def first_token(text: str) -> str:
    """The first piece of ``text`` that could not have been broken.

    >>> first_token("（甲），乙"), first_token("市场"), first_token("github.com 上"), first_token("……”他")
    ('（甲），', '市', 'github.com', '……”')
    """
    if "\u4e00" <= text[:1] <= "\u9fff" and "\u4e00" <= text[1:2] <= "\u9fff":
        return text[0]  # a Han character before another; the pattern takes five times as long
    found = TOKEN.match(text)
    return found.group() if found else text[:1]
