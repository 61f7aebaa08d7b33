"""How much a text looks like Chinese: the cost of each character, to compare readings of the same bytes.

A cost is the negative natural logarithm of a probability, so costs of the characters of a text add up, and
of two readings of the same bytes the one with the lower sum is the likelier. The costs know nothing but how
common a character is: the most used ones by rank (data/frequent.txt), the others by the plane the national
standards put them in, which is itself a judgement on frequency (GB 2312 level 1 and 2, Big5 level 1 and 2).
"""

import math
from collections import Counter
from functools import cache
from pathlib import Path

STRAY = 14.0
"""Cost of one byte that belongs to no character.

It must lie above the rarest real characters (two bytes, up to 17: 8.5 a byte) or sound rare text would be
taken apart, and low enough that dropping one byte and reading the next three characters right is cheaper than
keeping the pairs out of step (out of step, a character costs 12 to 15; in step, 6)."""

ASCII = 3.0  # an ASCII character costs the same in every reading; in a Latin word about 3 is right
PRIVATE = 19.0  # private use and unassigned: nobody's text, but a shifted reading is full of them
CONTROL = 18.0
_LEVEL_1 = 10.8  # 2,000 characters of a standard's first level outside the list share 4 % of a text
_LEVEL_2 = 13.3  # 3,000 to 7,600 characters share 0.5 %
_RARE = 15.5
_LETTER = 4.5  # a letter of an alphabet, where that alphabet is expected
_MARKS = {
    "，": 3.0,
    "。": 3.7,
    "、": 4.5,
    "：": 5.0,
    "；": 6.0,
    "“": 5.0,
    "”": 5.0,
    "\u3000": 4.5,
    "（": 5.5,
    "）": 5.5,
}

# The syllables that make up most of a Korean text; the rest of the 2,350 cost as much as a level-1 character.
_SYLLABLES = (
    "이다는을의에가고하지은를기한사로도리어자들나시인서그대해수있라아일보것스정전오만으장부구여상우게동비무원경"
    "주성면신조제과관용소국공학회발생중연문물안마세유미방화치양모선실위없었했니습까요와거때같말더야너던려든러데"
    "음저내며년월분후계단적민개체영각트드래르간결산교불반본행심최재방금현입출두명건당편업직호통감특절력추"
)


class Costs(dict[str, float]):
    """Cost of each character, found out when first asked for."""

    def __init__(
        self, known: dict[str, float], letters: float = 10.0, kana: float = 9.0, hangul: float = 14.0
    ) -> None:
        super().__init__(known)
        self._letters, self._kana, self._hangul = letters, kana, hangul

    def __missing__(self, character: str) -> float:
        self[character] = cost = self._judge(character)
        return cost

    def _judge(self, character: str) -> float:
        code = ord(character)
        if 0xDC80 <= code <= 0xDCFF:  # what "surrogateescape" makes of a byte it cannot decode
            return STRAY
        if code < 0x80:
            return ASCII if code >= 0x20 or character in "\t\n\r\f" else CONTROL
        if 0x4E00 <= code <= 0x9FFF:
            return _han(character)
        if 0x3041 <= code <= 0x30FE:
            return self._kana
        if 0xFF66 <= code <= 0xFF9F:
            return _LEVEL_1  # half-width kana, which every byte from A6 to DF is in Shift_JIS
        if 0xAC00 <= code <= 0xD7A3:
            return self._hangul if "euc_kr" in _codecs_of(character) else max(self._hangul, _LEVEL_2)
        if 0xE000 <= code <= 0xF8FF or code in (0xFFFE, 0xFFFF) or code >= 0xF0000 or not character.isprintable():
            return CONTROL if code < 0xA0 else PRIVATE if code != 0x3000 else _MARKS["\u3000"]
        if code == 0xFFFD:
            return PRIVATE
        if character.isalpha() and code < 0x0E80:
            return self._letters
        return 9.0 if "gb2312" in _codecs_of(character) else 12.0 if code < 0x10000 else _RARE + 2


def _codecs_of(character: str) -> tuple[str, ...]:
    return tuple(name for name in ("gb2312", "euc_kr") if character.encode(name, "ignore"))


def _han(character: str) -> float:
    """Cost of a Han character outside the list, by the standards' own levels.

    >>> _han("韭") < _han("忐") < _han("鐨")
    True
    """
    simplified = character.encode("gb2312", "ignore")
    traditional = character.encode("big5", "ignore")
    if b"\xb0" <= simplified[:1] <= b"\xd7" or b"\xa4" <= traditional[:1] <= b"\xc6":
        return _LEVEL_1
    if simplified:
        return _LEVEL_2
    return _LEVEL_2 + 0.7 if traditional else _RARE


@cache
def frequent() -> dict[str, int]:
    """The most used characters, simplified and traditional, each with its rank from 1.

    >>> frequent()["的"], frequent()["们"] == frequent()["們"], "忐" in frequent()
    (1, True, False)
    """
    lines = Path(__file__).with_name("data").joinpath("frequent.txt").read_text(encoding="utf-8").split("\n")
    at = lines.index("[traditional form]")
    order = "".join(line for line in lines[:at] if line and line[0] not in "#[")
    ranks = {character: rank for rank, character in enumerate(order, 1)}
    for pair in " ".join(lines[at + 1 :]).split():
        ranks.setdefault(pair[1], ranks.setdefault(pair[0], len(order)))
    return ranks


@cache
def chinese() -> Costs:
    """The costs of Chinese text, simplified or traditional."""
    # Zipf's law with the usual correction: 的 4 %, the 100th 0.27 %, the 1,000th 0.02 %, as in any
    # frequency list.
    ranks = {character: -math.log(0.6 / (rank + 10) ** 1.15) for character, rank in frequent().items()}
    return Costs(ranks | _MARKS)


@cache
def japanese() -> Costs:
    """The costs of Japanese text: kana are half of it."""
    return Costs(dict(chinese()) | {"。": 3.7, "、": 3.7, "・": 6.0, "ー": 4.0}, kana=4.3)


@cache
def korean() -> Costs:
    """The costs of Korean text: syllables, hardly a Han character."""
    return Costs(dict.fromkeys(_SYLLABLES, 5.3) | _MARKS, hangul=9.5)


@cache
def alphabetic() -> Costs:
    """The costs of text in an alphabet other than the English one."""
    return Costs(dict(_MARKS), letters=_LETTER)


@cache
def any_language() -> Costs:
    """The costs of Chinese text that may hold any other language too: for UTF-16, which is made for all."""
    return Costs(dict(chinese()), letters=6.0, kana=6.0, hangul=10.0)


def cost(text: str, costs: Costs) -> float:
    """The cost of a whole text: the lower of two readings of the same bytes is the likelier.

    >>> right, wrong = (b"\\xc4\\xe3\\xba\\xc3".decode(name) for name in ("gb18030", "big5"))
    >>> cost(right, chinese()) < cost(wrong, chinese())
    True
    """
    return sum(count * costs[character] for character, count in Counter(text).items())
