"""Words and brackets that span a break: as far as the document and a table of words can tell."""

import re
import sys
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from cleaner.patterns import lazy_plain
from cleaner.pieces import Piece, is_han
from cleaner.words import common_pairs

# What the two Han characters on either side of a break tell: (their pair is common inside words, it stands unbroken
# elsewhere in the document, a triple with one more character does). Logarithms of how much oftener that is so at
# the gaps inside the lines than at the breaks between two paragraphs, measured on 98,000 gaps and 440 breaks.
_WORDS = {
    (False, False, False): -0.8,
    (True, False, False): 2.1,
    (False, True, False): 2.6,
    (True, True, False): 3.1,
    (True, True, True): 4.9,
}
MOST_OF_A_WORD = max(most - _WORDS[common, False, False] for (common, _, _), most in _WORDS.items())
"""Nats a search adds at most to those of a pair that was only looked up in the table of words."""

# See "a bracket across it" in :mod:`cleaner.evidence`; a false "(" of a scanner is the reason for less.
_IN_BRACKETS = 4.0
_REACH = 40  # characters on either side in which the bracket is looked for
_CLOSED_BY = dict(zip("（(《〈“「『【〔", "）)》〉”」』】〕", strict=True))
_BRACKET = lazy_plain(r"[（）()《》〈〉“”「」『』【】〔〕]")


class Words:
    """For the break before each piece, how many nats speak against a hard one because a word or a bracket spans it.

    The document's own words, in the pieces and in the running ``heads`` that were removed, are searched for those
    breaks only of which it is asked: for all of them that took a seventh of the time of a long document.
    """

    __slots__ = ("_heads", "_pieces", "least", "unknown")

    def __init__(self, pieces: Sequence[Piece], heads: Sequence[str] = ()) -> None:
        self._pieces = pieces
        self._heads = heads
        self.unknown = bytearray(len(pieces))
        """Whether the words of the document have not been searched for the break before a piece."""
        self.least = [0.0] * len(pieces)
        """So many nats, or up to MOST_OF_A_WORD more where that is unknown."""
        common = common_pairs()
        for index, (before, after) in enumerate(pairwise(pieces), 1):
            last, first = before.text[-1], after.text[0]
            nats = 0.0
            if is_han(last) and is_han(first):
                self.unknown[index] = True
                nats = _WORDS[last + first in common, False, False]
            self.least[index] = nats + _IN_BRACKETS if _in_brackets(before, after) else nats

    def search(self, indices: Iterable[int]) -> dict[int, float]:
        """Search the document's words for what is unknown of these breaks; the nats of those that have more now."""
        asked = [index for index in indices if self.unknown[index]]
        if not asked:
            return {}
        # Only what stands at the breaks is looked for: all pairs and triples of a novel take more memory than it
        # does. Of equal pairs one is kept, for the same reason.
        kept: dict[str, str] = {}
        pairs = [kept.setdefault(pair, pair) for pair in map(self._pair, asked)]
        text = "\n".join([*(piece.text for piece in self._pieces), *self._heads])
        seen = _standing_in(text, kept, 2)
        common = common_pairs()
        # Of other pairs a triple would say no more.
        likely = {pair for pair in seen if pair in common}
        places = [index for index, pair in zip(asked, pairs, strict=True) if pair in likely]
        longer = _standing_in(text, {triple for index in places for triple in self._triples(index)}, 3)
        more: dict[int, float] = {}
        for index, pair in zip(asked, pairs, strict=True):
            self.unknown[index] = False
            if pair in seen:
                nats = _WORDS[pair in common, True, pair in likely and not longer.isdisjoint(self._triples(index))]
                in_brackets = _in_brackets(self._pieces[index - 1], self._pieces[index])
                self.least[index] = more[index] = nats + _IN_BRACKETS if in_brackets else nats
        return more

    def _pair(self, index: int) -> str:
        """The characters on both sides of a break."""
        return self._pieces[index - 1].text[-1] + self._pieces[index].text[0]

    def _triples(self, index: int) -> tuple[str, str]:
        """The same with one more character, which may be missing, before and after."""
        before, after = self._pieces[index - 1].text, self._pieces[index].text
        return before[-2:] + after[0], before[-1] + after[:2]


def _in_brackets(before: Piece, after: Piece) -> bool:
    """Whether a bracket or quotation opened at the end of one line is closed at the start of the next."""
    if before.ends not in "NMH" or not (before.wide_end or after.wide_start):
        return False
    closed = _BRACKET.search(after.text, 0, _REACH)
    if closed is None:
        return False
    opened = _BRACKET.findall(before.text[-_REACH:])
    return bool(opened) and _CLOSED_BY.get(opened[-1]) == closed.group()


_BLOCK = 1 << 15  # characters looked through at a time: few enough to stay in the cache
_UTF_16 = f"utf-16-{sys.byteorder[0]}e"
_FEW = 20
# Rare characters take two units in UTF-16: here one for private use stands for each.
_RARE = lazy_plain("[\U00010000-\U0010ffff]")


def _standing_in(text: str, asked: Collection[str], length: int) -> set[str]:
    """Those of ``asked``, strings of ``length`` 2 or 3, that stand in ``text``.

    >>> _standing_in("河水照样往东流", {"照样", "水样"}, 2), _standing_in("河水照样往东流", {"样往东", "水照往"}, 3)
    ({'照样'}, {'样往东'})
    """
    # A megabyte has as many pairs and triples as characters. As numbers they are read straight out of the memory of
    # the text: as tuples of characters they took two and a half times as long.
    wanted = {_numbers(_units(gram), length)[0]: gram for gram in asked if len(gram) == length}
    numbers, found = set(wanted), set[int]()
    for start in range(0, len(text), _BLOCK):
        if len(numbers) <= _FEW:  # one by one these are found sooner: a long text soon has most of what it has
            found |= {number for number in numbers if wanted[number] in text}
            break
        units = _units(text[start : start + _BLOCK + length - 1])
        for offset in range(4 if length == 3 else 2):
            found |= numbers.intersection(_numbers(units[2 * offset :], length))
        numbers -= found
    return {wanted[number] for number in found}


def _units(text: str) -> bytes:
    """Two bytes for each character."""
    units = text.encode(_UTF_16, "surrogatepass")
    if len(units) > 2 * len(text):
        return _RARE.sub(_for_private_use, text).encode(_UTF_16, "surrogatepass")
    return units


def _numbers(units: bytes, length: int) -> list[int]:
    """Characters 1 and 2 as one number, 3 and 4 and so on; or the first three of every four."""
    if length == 2:
        return memoryview(units[: len(units) // 4 * 4]).cast("I").tolist()
    count = (len(units) + 2) // 8
    fours = bytearray(units.ljust(8 * count, b"\0")[: 8 * count])
    fours[6::8] = fours[7::8] = bytes(count)
    return memoryview(fours).cast("Q").tolist()


def _for_private_use(rare: re.Match[str]) -> str:
    return chr(0xE000 + ord(rare[0]) % 0x1900)
