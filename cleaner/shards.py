"""Shards: parts of printed lines on lines of their own, because an extractor took a stretched space for a line end.

A justified line is stretched at the spaces beside its Latin words and, in Chinese, at the white halves of its
full-width marks. An extractor that reads by gaps breaks it there, in mid-sentence.
"""

from math import inf

from cleaner.pieces import NEVER_FIRST, Piece

LEVELS = (5.0, 2.5)
"""What a shard costs in nats, in a document that has some and in one that has many. A layout with none costs less in
all others, so the sums of the widths must pay for it."""
# A shard elsewhere than beside a mark: cells of tables and lists of Latin terms have such line ends too.
_BESIDE_LATIN = LEVELS[0]
_WHITE_BEHIND = frozenset("，。、；：！？）》〉」』】〕”’")
_WHITE_BEFORE = frozenset("（《〈「『【〔“‘")
# Cells of a Latin word or two.
_WORDS = 20


def price(before: Piece, after: Piece, level: float, marks: float) -> float:
    """What it costs in nats that the line end between two pieces is the extractor's, and inf if it cannot be.

    ``level`` is one of ``LEVELS``; ``marks`` is what the marks on both sides cost at a break that falls blindly. This
    one does not: it seeks the marks, all but those that end sentences and announcements too.

    >>> from cleaner.draft import Draft
    >>> from cleaner.pieces import of_lines
    >>> price(*of_lines(Draft("灯亮满三秒，\\n再按住侧面的按钮")), 2.5, marks=4.0)
    2.5
    >>> price(*of_lines(Draft("wind.log 风速和风向\\nrain.log 一天的雨量")), 2.5, marks=4.0)    # rows of a table
    inf
    """
    if not _possible(before, after):
        return inf
    if after.blanks or before.text[-1] in "：:" or not _beside_mark(before, after):
        return _BESIDE_LATIN + marks
    return level + (marks if before.ends in "TS" or before.rigid or after.rigid else 0.0)


def gap(before: Piece, after: Piece) -> int:
    """Cells of the space that stood between two shards; the white half of a mark is part of the mark."""
    return int(not _beside_mark(before, after))


def looks_like(piece: Piece, width: int) -> bool:
    """Whether a line seems to be a part of one that was to be of ``width`` cells.

    It is one or two Latin words, starts with a mark that none starts with, or ends early with a comma.
    """
    latin = piece.latin == len(piece.text) <= _WORDS and piece.text[0].isalpha()
    return latin or piece.text[0] in NEVER_FIRST or (piece.ends == "M" and piece.width < 0.8 * width)


def _possible(before: Piece, after: Piece) -> bool:
    """Whether an extractor may have broken a full line here, in mid-sentence.

    Two lines that both start with narrow characters are rows of a table or lines of a program, unless a comma says
    that the first goes on.
    """
    beside_latin = not (before.wide_end and after.wide_start) and before.ends in "NMH"
    return (
        (before.ends == "M" or before.wide_start or after.wide_start)
        and (beside_latin or _beside_mark(before, after))
        and after.starts in "OlQKP"
        and after.lead == 0
        and after.blanks <= 1
        and not after.cut
        and after.quoted == before.quoted
    )


def _beside_mark(before: Piece, after: Piece) -> bool:
    """Whether the white half of a full-width mark stands between two pieces."""
    return before.text[-1] in _WHITE_BEHIND or after.text[0] in _WHITE_BEFORE
