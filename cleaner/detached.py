"""Detached numbers and bullets: what opens a line, set on a line of its own by an extractor.

Wide gaps and tabulators after ``第三条``, ``1.2`` or ``•`` make an extractor take them for a column of their own.
"""

from collections.abc import Sequence
from itertools import pairwise

from cleaner.patterns import lazy_plain
from cleaner.pieces import Piece

_ARTICLES = r"第[ ]?[0-9〇零一二三四五六七八九十百千]{1,7}[ ]?[条條章节節编編]"
_SECTIONS = r"[1-9]\d?(?:\.[1-9]\d?){1,3}"
_ARTICLE, _SECTION = lazy_plain(_ARTICLES), lazy_plain(_SECTIONS)
# "第三条 …" with its text on the same line: the document's way to write such a number; how it can begin.
_ATTACHED = (
    ("第", lazy_plain(_ARTICLES + r"[ \u3000]\S")),
    ("123456789", lazy_plain(_SECTIONS + r"[ \u3000]+[^\W\d_]")),
)
# Bullets, and those of symbol fonts. Stars and diamonds are left out: alone on a line they part sections.
_BULLET = lazy_plain(r"[•●○■□▪‣◦\uf06c\uf06e\uf075\uf09f\uf0a7\uf0b2\uf0b7\uf0d8\uf0fc]")
# So many bullets alone, each soon after the other, are no ornaments.
_SEVERAL = 3
_SOON = 6


# A number and the body behind it fill their line: no less than this share of the longest one.
_FULL = 0.8


def find(pieces: Sequence[Piece]) -> dict[int, str]:
    """The pieces that belong behind the piece before them, with the name of the rule that says so.

    A number needs an example: another line of the document on which such a number stands before its text.
    """
    examples = [
        sum(piece.text[0] in first and bool(attached.match(piece.text)) for piece in pieces)
        for first, attached in _ATTACHED
    ]
    bullets = [index for index, piece in enumerate(pieces) if len(piece.text) == 1 and _BULLET.match(piece.text)]
    close = sum(after - before <= _SOON for before, after in pairwise(bullets))
    found: dict[int, str] = {}
    for index, (before, after) in enumerate(pairwise(pieces), 1):
        if len(before.text) > 12 or after.cut or after.space or after.starts in "BL":
            continue
        if index > 1 and _ARTICLE.fullmatch(pieces[index - 2].text):
            continue  # a column of numbers: whose text this is nobody knows
        if close >= _SEVERAL - 1 and _BULLET.fullmatch(before.text):
            found[index] = "detached-bullet"
        elif (examples[0] and _ARTICLE.fullmatch(before.text)) or (
            # A cell of a table may hold such a number: a heading has letters and no mark at its end.
            examples[1] >= 2 and _SECTION.fullmatch(before.text) and after.ends == "N" and after.text[0].isalpha()
        ):
            found[index] = "detached-number"
    return found


def swapped(pieces: Sequence[Piece]) -> list[int]:
    """The last lines of paragraphs that stand before the first ones, behind a number on a line of its own.

    An extractor reads a number and what stands under it as one column: ``第六条``, ``的权利。``, and after a blank
    line what stood beside the number, which breaks off at the end of its line.
    """
    longest = max((piece.width for piece in pieces), default=0)
    apart = sum(after.blanks > 0 and bool(_ARTICLE.fullmatch(before.text)) for before, after in pairwise(pieces))
    if apart < _SEVERAL:
        return []
    return [
        index + 1
        for index, (number, tail, body, after) in enumerate(
            zip(pieces, pieces[1:], pieces[2:], pieces[3:], strict=False)
        )
        if _ARTICLE.fullmatch(number.text)
        and (tail.blanks, tail.ends, tail.starts) == (0, "T", "O")
        and body.blanks > 0
        and body.ends in "NM"
        and body.starts == "O"
        and (after.blanks > 0 or after.starts == "L")
        and not (tail.cut or body.cut or tail.space or body.space or after.space)
        and tail.width < body.width
        and number.width + 2 + body.width >= _FULL * longest
    ]
