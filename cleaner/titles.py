"""Titles: the lines at the top that are set in larger type and broken at a width of their own."""

from collections import Counter
from collections.abc import Sequence

from cleaner.patterns import lazy_plain
from cleaner.physical import HARD, INLINE, SOFT, Reading
from cleaner.pieces import Piece
from cleaner.spanning import Words
from cleaner.words import headings, title_ends

# What a title's line may end with, but a title does not.
_OPEN_END = lazy_plain(
    r"[的和与與及或对對在为為将將把被由至、，]$|\b(?:of|the|and|a|an|in|to|for|between|with|,)$|,$"
)
_LONGEST_TITLE = 4  # lines
_LONGEST_HEADING = 4  # characters


def join_title(pieces: Sequence[Piece], words: Words, reading: Reading) -> None:
    """Make the breaks inside a title of several lines soft; ``words`` are those across breaks.

    A title is set in larger type: its lines are no guide to the width, nor the width to them. What tells is a word
    that spans the break (the running head often holds the whole title), an end that cannot be one, or that only a
    later line ends as documents' titles do.
    """
    usual = Counter(piece.blanks for piece, kind in zip(pieces, reading.breaks, strict=True) if kind == SOFT)
    lines = 1
    while lines < min(_LONGEST_TITLE, len(pieces) - 1) and _goes_on(pieces, reading, lines, usual):
        lines += 1
    complete = [index for index in range(lines) if pieces[index].text.endswith(title_ends())]
    completed = complete[-1] if complete else 0
    words.search(range(1, lines))
    for index in range(1, lines):
        before = pieces[index - 1].text
        unfinished = index <= completed and reading.breaks[index] == HARD and not before.endswith(title_ends())
        if unfinished or words.least[index] > 2 or _OPEN_END.search(before):
            reading.breaks[index] = SOFT


def _goes_on(pieces: Sequence[Piece], reading: Reading, index: int, usual: Counter[int]) -> bool:
    """Whether piece ``index`` may be a further line of the title at the top."""
    before, after = pieces[index - 1], pieces[index]
    following = reading.breaks[index + 1] if index + 1 < len(pieces) else HARD
    return (
        (reading.breaks[index] == HARD == following or _is_space_kept(before, after, reading.breaks[index]))
        and before.ends in "NM"
        and after.ends == "N"
        and after.starts in "OlQK"
        and not after.text[0].isdigit()
        and not after.text.startswith(("关于", "關於"))
        and after.blanks <= max(usual, default=0)
        and before.width >= 0.4 * reading.layout.width
    )


def _is_space_kept(before: Piece, after: Piece, kind: str) -> bool:
    """Whether a line end of the title may have become the space between two pieces of one line."""
    return kind == INLINE and after.space and before.wide_end and after.wide_start


def join_headings(pieces: Sequence[Piece], reading: Reading) -> None:
    """Make the breaks soft inside a heading so widely set that each character is on a line of its own."""
    for start, piece in enumerate(pieces):
        word = piece.text
        end = start + 1
        while (
            len(word) < _LONGEST_HEADING and end < len(pieces) and len(pieces[end].text) == 1 and len(piece.text) == 1
        ):
            word += pieces[end].text
            end += 1
            if word in headings():
                reading.breaks[start + 1 : end] = [SOFT] * (end - start - 1)
                break
