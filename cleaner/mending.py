"""Mending: the edits that follow from how a document was printed, once that is found out."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaner import detached, joins, layout
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.patterns import lazy_plain
from cleaner.physical import HARD, INLINE, SOFT
from cleaner.pieces import ALL_LATIN, Piece, latin_share
from cleaner.typed import headed, is_item


def mend(draft: Draft) -> Iterator[Edit]:
    """Name every line end and doubtful space of ``draft`` soft or hard, and repair accordingly.

    Only a document that was printed is tidied too: elsewhere indents and spaces at line ends are the author's.
    """
    reading, pieces = layout.infer(draft)
    paged = bool(draft.removals) or "\f" in draft.text
    parts = detached.find(pieces) if reading or paged else {}
    if reading is None and not parts:
        return
    printed = reading is not None and reading.layout.width > 0
    kinds = reading.breaks[1:] if reading else [HARD] * (len(pieces) - 1)
    if printed and pieces[0].lead:
        yield from draft.delete(pieces[0].start - _lead(draft, pieces[0]), pieces[0].start, "line-space", _INDENT)
    listed = _listings(pieces, kinds) if printed else set()
    swapped = set(detached.swapped(pieces)) if printed else set()
    around = {index + step for index in swapped for step in range(3)}
    inline = (pair for pair, kind in zip(pairwise(pieces), kinds, strict=True) if kind == INLINE and pair[1].space)
    habit = joins.learn(pieces, inline)
    markdown = headed(draft.text)
    for index, ((before, after), kind) in enumerate(zip(pairwise(pieces), kinds, strict=True), 1):
        if kind == INLINE and after.space:
            continue
        if index in around:
            yield from _swap(draft, pieces, index, swapped)
            continue
        if index in parts:
            yield from draft.replace(before.end, after.start, " ", parts[index], _DETACHED)
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
            elif printed:
                yield from _tidy(draft, before, after, index in listed or (markdown and is_item(after.text)))
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


def _swap(draft: Draft, pieces: Sequence[Piece], index: int, swapped: set[int]) -> Iterator[Edit]:
    """Put a line that was read before the one it goes on behind that one; see :func:`cleaner.detached.swapped`."""
    reason = "the end of the paragraph was read before its beginning"
    if index in swapped:
        yield from draft.replace(pieces[index - 1].end, pieces[index + 1].start, " ", "swapped-lines", reason)
    elif index - 2 in swapped:
        end = draft.text.index("\n", pieces[index - 1].end) + 1
        yield from draft.replace(pieces[index - 1].end, end, pieces[index - 2].text + "\n", "swapped-lines", reason)


_INDENT = "indent of a paragraph"
_DETACHED = "the number or bullet belongs before its text"


def _lead(draft: Draft, piece: Piece) -> int:
    """How many characters of white space stand before ``piece`` on its line, but for that of a quotation's mark."""
    before = draft.text[: piece.start]
    return len(before) - len(before.rstrip(" \t\u3000\u00a0")) - bool(piece.quoted)


def _join(draft: Draft, before: Piece, after: Piece, habit: joins.Habit, rule: str, reason: str) -> list[Edit]:
    if habit.drops_hyphen(before.text, after.text):
        return draft.delete(before.end - 1, after.start, "line-end-hyphen", "the word was divided at the line end")
    return draft.replace(before.end, after.start, habit.joiner(before.text, after.text), rule, reason)


_FORM_FEED = lazy_plain(r"\f")
_GAP = lazy_plain(r"(?s)(?P<end>[ \t\u3000\u00a0]*)[\r\n].*?(?P<lead>[ \t\u3000\u00a0]*)")


def _listings(pieces: Sequence[Piece], kinds: Sequence[str]) -> set[int]:
    """The lines of programs and of terminals in a Chinese text: rows of lines in narrow characters, each by itself.

    Their indents are part of them.
    """
    narrow = [piece.latin == len(piece.text) and not piece.space for piece in pieces]
    if latin_share(pieces) > ALL_LATIN:
        return set()  # its paragraphs are such lines
    rows = [index for index, kind in enumerate(kinds, 1) if kind == HARD and narrow[index] and narrow[index - 1]]
    return {at for index in rows for at in (index - 1, index)}


def _tidy(draft: Draft, before: Piece, after: Piece, listed: bool) -> Iterator[Edit]:
    """White space and form feeds around a line end of the author's in a document that was printed."""
    if not draft.text[before.end : after.start].strip("\n"):
        return  # as nearly always
    for feed in _FORM_FEED.finditer(draft.text, before.end, after.start):
        yield from draft.delete(feed.start(), feed.end(), "form-feed", "a page of the printed document ended here")
    gap = _GAP.fullmatch(draft.text, before.end, after.start)
    if gap and gap["end"]:
        yield from draft.delete(*gap.span("end"), "line-space", "white space at a line end")
    if gap and gap["lead"] and not listed:
        lead = gap.start("lead") + bool(after.quoted)  # the space of the mark
        if lead < gap.end("lead"):
            yield from draft.delete(lead, gap.end("lead"), "line-space", _INDENT)
