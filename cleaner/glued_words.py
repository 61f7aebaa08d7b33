"""Glued words: words of a page at either end of an author's line, or in brackets inside it."""

from collections import Counter

from cleaner.draft import Draft, Line
from cleaner.interface import Reading, read, signs
from cleaner.patterns import lazy

Piece = tuple[int, int, Reading]
"""Where such words begin and end, and how they read."""

GLUED = 40
"""So many characters at the end of a line may be a prompt glued to it."""
POINTERS = "▶▼▲▽△↓»＞>"
"""Marks that point from the words of a page to the text."""

# Where the author's sentence before or after a prompt glued to it ends or starts.
_ENDED = lazy(r"[。！？…][”’」』）)]*+(?=[^。！？”’」』）)]{2,40}+$)")
_OPENED = lazy(rf"^[ \u3000]*+(\p{{Han}}{{2,6}}\s?[{POINTERS}]+(?:\s?\d{{1,2}}:\d{{2}})?)(?=[\p{{Han}}“])")


def glued_words(line: Line) -> list[Piece]:
    """Words of a page after the last sentence of a line, or before its first."""
    text = line.text
    found = []
    pointed = any(map(text[:20].__contains__, POINTERS))
    if pointed and (head := _OPENED.match(text[:20])):
        found.append((line.start + head.start(1), line.start + head.end(1), read(head[1])))
    # Most lines end with a sentence, or have no word of a page: nothing is glued to those.
    if text[-1:] not in "。！？”’，；、：" and next(signs(text[-GLUED:]), None) is not None:
        ends = list(_ENDED.finditer(text, max(0, len(text) - 48)))
        if ends and text[ends[-1].end() :].strip():
            found.append((line.start + ends[-1].end(), line.end, read(text[ends[-1].end() :])))
    return [piece for piece in found if piece[2].told or (piece[2].lone and piece[2].weak)]


_COUNT = lazy(r"[\d.,+]+")
_BRACKET = lazy(r"\[[^\[\]\n]{2,30}\]|［[^［］\n]{2,30}］|【[^【】\n]{2,30}】|〔[^〔〕\n]{2,30}〕")


def bracketed_words(draft: Draft, taken: set[int], told: bool) -> list[Piece]:
    """Words of a page in square brackets after a sentence, or in it, that come again and again: [段评 99+]."""
    if not draft.holds(*"[［【〔"):
        return []
    found = [
        (line.start + each.start(), line.start + each.end(), read(each[0][1:-1]))
        for line in draft.lines()
        if line.number not in taken
        for each in _BRACKET.finditer(line.text)
        if each[0] != line.text.strip()
    ]
    found = [piece for piece in found if piece[2].proof and not piece[2].other]
    keys = [_COUNT.sub("0", draft.text[start:end]) for start, end, _ in found]
    often = Counter(keys)
    return [piece for piece, key in zip(found, keys, strict=True) if often[key] >= 3 or (told and piece[2].proof > 1)]
