"""The shadow of a text: what it says once tricks of spelling are taken away, with a map back.

Width, case, spaces, look-alike letters and the traditional forms of the words ads are made of are folded;
everything else stays. Two ways to get one: :func:`squeeze` for a whole text at once, which only answers "does
it say this somewhere", and :class:`Shadow` for a stretch of it, which also says where.
"""

import unicodedata
from typing import NamedTuple

from cleaner.narrow import narrow
from cleaner.traditional import TRADITIONAL
from cleaner.uncommon import uncommon

# Letters of other scripts that look like Latin ones. The whole alphabets are not folded, so Russian
# stays Russian enough to match nothing.
_LOOK_ALIKES = dict(zip("аеорсхуіјѕԁԛԝνοιρ", "aeopcxyijsdqwvoip", strict=True))

_DROPPED = " \t\r\f\v\xa0\xad\u3000\u1680\u202f\u205f\u180e\u200b\u200c\u200d\u2060\ufeff\u2028\u2029\x85" + "".join(
    map(chr, range(0x2000, 0x200B))
)


class _Fold(dict[int, str | None]):
    """What each character becomes: for ``str.translate``, filled as characters are met."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        if character in _DROPPED:
            folded: str | None = None
        elif 0x4E00 <= code <= 0x9FFF:
            folded = TRADITIONAL.get(character, character)
        else:
            folded = unicodedata.normalize("NFKC", character).lower()
            folded = "".join(_LOOK_ALIKES.get(each, each) for each in folded if each not in _DROPPED) or None
        self[code] = folded
        return folded


_FOLD = _Fold({ord("\n"): "\n"})
# Letters and digits in brackets or before a full stop, written as one character: NFKC would write the brackets too.
_FOLD.update({0x249C + index: chr(ord("a") + index) for index in range(26)})
_FOLD.update({start + index: str(index + 1) for start in (0x2474, 0x2488) for index in range(9)})
# NFKC would turn one character into three full stops, and the end of a sentence into an abbreviation.
_FOLD[ord("\N{HORIZONTAL ELLIPSIS}")] = "\N{HORIZONTAL ELLIPSIS}"


def squeeze(text: str, odd: frozenset[str] | None = None) -> str:
    """The shadow of ``text`` without the map; newlines stay.

    ``odd`` is what :func:`cleaner.uncommon.uncommon` finds in it, if that is known already.

    >>> squeeze("ＷＷＷ。hＡo ＳhuＤＵ.ＣＯm\\n書 包 網")
    'www。haoshudu.com\\n书包网'
    """
    if len(text) < _LONG:
        return text.translate(_FOLD)
    if text.isascii():
        return text.encode().translate(_LOWER, _DROPPED.encode("ascii", "ignore")).decode()
    odd = uncommon(text) if odd is None else odd
    there = {*_OF_PROSE, *map(chr, narrow(text).translate(None, _STAYING)), *odd}
    folds = {each: fold for each in there if (fold := _FOLD[ord(each)] or "") != each}
    if len(folds) > _FEW or not folds.keys().isdisjoint("".join(folds.values())):  # what is put may not go again
        return text.translate(_FOLD)
    for each, fold in folds.items():
        text = text.replace(each, fold)
    return text


# A long text is folded by one replacement for each character that changes: in prose they are few, and each takes a
# tenth of a millisecond for a megabyte, where ``str.translate`` takes 17 in all.
_LONG, _FEW = 4_000, 60
_OF_PROSE = " \u3000，：；！？（）"
_LOWER = bytes(range(256)).lower()
_STAYING = bytes({*range(256)} - {*b"ABCDEFGHIJKLMNOPQRSTUVWXYZ\t\r\f\v"})


class Shadow(NamedTuple):
    """The shadow of a stretch of text; ``offsets[i]`` is where its character ``i`` comes from.

    ``offsets`` has one entry more than ``text``, the end of the last character.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that ``text[start:end]`` (not empty) stands for."""
        return self.offsets[start], self.offsets[end - 1] + 1


def shadow(text: str, start: int = 0, end: int | None = None) -> Shadow:
    """The shadow of ``text[start:end]``.

    >>> sample = shadow("见 w ww .a", 1)
    >>> sample.text, sample.span(0, 3)
    ('www.a', (2, 6))
    """
    pieces: list[str] = []
    offsets: list[int] = []
    end = len(text) if end is None else end
    for offset in range(start, end):
        folded = _FOLD[ord(text[offset])]
        if folded:
            pieces.append(folded)
            offsets.extend([offset] * len(folded))
    offsets.append(end)
    return Shadow("".join(pieces), tuple(offsets))
