"""Breaks: takes out the line ends the printing made, puts back those it lost."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from cleaner import joins, layout
from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.patterns import lazy_plain
from cleaner.physical import HARD, INLINE, SOFT
from cleaner.pieces import Piece

# "第三条 …" with its text on the same line: the document's way to write such a number.
_NUMBER = lazy_plain(r"第[ ]?[0-9〇零一二三四五六七八九十百千]{1,7}[ ]?([条條章节節编編])")
_NUMBERED = lazy_plain(_NUMBER.pattern + r"[ \u3000]\S")


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Name every line end and doubtful space of ``draft`` soft or hard, and repair accordingly.

    Only a document that was printed is tidied too: elsewhere indents and spaces at line ends are the author's.
    """
    reading, pieces = layout.infer(draft)
    if reading is None:
        return
    printed = reading.layout.width > 0
    if pieces[0].lead and printed:
        yield from draft.delete(pieces[0].start - _lead(draft, pieces[0]), pieces[0].start, "line-space", _INDENT)
    pairs = list(pairwise(pieces))
    inline = [pair for pair, kind in zip(pairs, reading.breaks[1:], strict=True) if kind == INLINE and pair[1].space]
    habit = joins.learn(pieces, inline)
    numbered = Counter(found.group(1) for piece in pieces if (found := _NUMBERED.match(piece.text)))
    for (before, after), kind in zip(pairs, reading.breaks[1:], strict=True):
        if kind == INLINE and after.space:
            continue
        if kind == HARD:
            if after.space:
                yield from draft.replace(
                    before.end,
                    after.start,
                    "\n",
                    "hard-break",
                    "a paragraph ended here and its line end became a space",
                )
            elif _NUMBER.fullmatch(before.text) and after.starts not in "BL" and numbered[before.text[-1]]:
                yield from draft.replace(
                    before.end,
                    after.start,
                    " ",
                    "detached-number",
                    "the number stands before its text elsewhere",
                )
            elif printed:
                yield from _tidy(draft, before, after)
        elif kind == SOFT:
            yield from _join(draft, before, after, habit, "soft-break", "the line was full: the printer ended it")
        else:
            yield from _join(
                draft,
                before,
                after,
                habit,
                "cut-line",
                "one printed line stood on both sides of removed text",
            )


_INDENT = "indent of a paragraph"


def _lead(draft: Draft, piece: Piece) -> int:
    """How many characters of white space stand before ``piece`` on its line."""
    before = draft.text[: piece.start]
    return len(before) - len(before.rstrip(" \t\u3000\u00a0"))


def _join(draft: Draft, before: Piece, after: Piece, habit: joins.Habit, rule: str, reason: str) -> Iterator[Edit]:
    if habit.drops_hyphen(before.text, after.text):
        yield from draft.delete(
            before.end - 1, after.start, "line-end-hyphen", "the word was divided at the line end"
        )
        return
    yield from draft.replace(before.end, after.start, habit.joiner(before.text, after.text), rule, reason)


_FORM_FEED = lazy_plain(r"\f")
_GAP = lazy_plain(r"(?s)(?P<end>[ \t\u3000\u00a0]*)[\r\n].*?(?P<lead>[ \t\u3000\u00a0]*)")


def _tidy(draft: Draft, before: Piece, after: Piece) -> Iterator[Edit]:
    """White space and form feeds around a line end of the author's in a document that was printed."""
    for feed in _FORM_FEED.finditer(draft.text, before.end, after.start):
        yield from draft.delete(feed.start(), feed.end(), "form-feed", "a page of the printed document ended here")
    gap = _GAP.fullmatch(draft.text, before.end, after.start)
    if gap and gap["end"]:
        yield from draft.delete(*gap.span("end"), "line-space", "white space at a line end")
    if gap and gap["lead"]:
        yield from draft.delete(*gap.span("lead"), "line-space", _INDENT)
