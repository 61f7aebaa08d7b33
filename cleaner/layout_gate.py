"""The gate: whether a document has line ends of its own, and whether a reading that says it was printed convinces."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from cleaner.draft import Draft
from cleaner.gutters import side_by_side
from cleaner.layout_search import LEAST, NARROWEST
from cleaner.patterns import lazy_plain
from cleaner.physical import INLINE, SOFT, Reading
from cleaner.pieces import NUMBERING, Piece, is_han, of_lines
from cleaner.quoted import marks
from cleaner.structure import is_code, structured
from cleaner.suspicion import BEYOND
from cleaner.words import meet_in_word

# Nats by which a layout must explain the document better than "the author ended every line": 6 is odds of
# 400 to 1. Measured gaps are tens of nats in printed documents and below zero in others.
_GAIN = 6.0
# So many breaks between Han characters would split a word at least once but for one time in a hundred.
_MANY = 12
# The same where the breaks stand between Han, where a list or a record ends no line.
_GAIN_BETWEEN_HAN = 4.0
# Soft breaks that are no coincidence.
_SEVERAL = 6
_STOP = lazy_plain("[。！？!?.；]")
# The share of lines with text beside text that makes a document a table, as in :mod:`cleaner.structure`.
_TABLE = 0.45
# The share of narrow characters in a line of Latin letters: a word or two of Chinese may stand in it.
_NARROW = 0.7
# Long lines that are no coincidence.
_PARAGRAPHS = 2
# Words split by line ends that are no coincidence.
_SPLIT_WORDS = 2


def is_structured(draft: Draft) -> bool:
    """Whether the line ends of ``draft`` carry its structure, so that no printer is looked for."""
    quoted = draft.once(marks)
    texts = [line.text for line in draft.lines() if not line.blank]
    if quoted:
        bare = (line.text[quoted[line.start].length if line.start in quoted else 0 :] for line in draft.lines())
        texts = [text for text in bare if text.strip()]
    if len(draft.once(side_by_side)) > _TABLE * len(texts):
        return True
    return structured(texts) or (is_code(texts) and not _splits_words(of_lines(draft)))


def _splits_words(lines: Sequence[Piece]) -> bool:
    """Whether line ends stand inside words: then a printer made them, however much code there is in a document.

    He splits one in three pairs of Han characters, while two lines of an author's make a word once in fifty times.
    """
    return _inside_words(_joints(lines, (at for at in range(1, len(lines)) if lines[at - 1].width > NARROWEST)))


def _joints(pieces: Sequence[Piece], breaks: Iterable[int]) -> list[tuple[str, str]]:
    """The two characters beside each of these breaks that stands between Han."""
    pairs = ((pieces[index - 1].text[-1], pieces[index].text[0]) for index in breaks)
    return [(last, first) for last, first in pairs if is_han(last) and is_han(first)]


def _inside_words(joints: Sequence[tuple[str, str]]) -> bool:
    """Whether as many breaks stand inside common words as a printer's do: see :func:`_splits_words`."""
    split = sum(meet_in_word(*joint) for joint in joints)
    return split >= _SPLIT_WORDS and split > 0.15 * len(joints)


def fault_of(reading: Reading, pieces: Sequence[Piece], gain: float) -> str:
    """Why the soft breaks do not look like a printer's, or do not explain the document well enough; "" if they do."""
    soft = [index for index, kind in enumerate(reading.breaks) if kind == SOFT]
    if len(soft) < LEAST:
        return "hardly any line of it would have been broken"
    if reading.layout.width < NARROWEST:
        if not _inside_words(_joints(pieces, soft)):
            return "its lines are as short as those of verse, and few end inside a word"
        if sum(pieces[index].blanks > 0 for index in soft) > 0.5 * len(soft):
            return "its lines are short, and blank lines stand between most of them, as on no screen"
    if not _filled(reading, pieces, soft):
        return "most of the lines it would have broken are not full, or end with their sentence"
    # Verse may be as even as print, but then it has no full stop anywhere.
    if not any(_STOP.search(piece.text) for piece in pieces):
        return "there is no full stop anywhere, as in verse"
    if reading.layout.flat and not _spaces_are_line_ends(reading, pieces, len(soft)):
        return "most spaces between Han characters would be no line ends, as in a list"
    if not (reading.layout.flat or _of_one_width(reading, pieces, len(soft))):
        return "many lines are much longer, as paragraphs are that stand on one line"
    if joins_listings(reading, pieces) and _stands_in_chinese(reading, pieces):
        return "only lines of Latin letters would be joined, and paragraphs of Chinese stand on one line each"
    if gain < _needed(pieces, soft, reading.layout.flat):
        return "it explains the document hardly better than that the author ended every line"
    return ""


def _filled(reading: Reading, pieces: Sequence[Piece], soft: Sequence[int]) -> bool:
    """Whether half of the soft breaks stand inside sentences, and three quarters after lines that were full."""
    inside = sum(pieces[index - 1].ends in "NH" for index in soft)
    full = 0
    for index in soft:
        loose = 1.8 * reading.layout.blur * pieces[index - 1].latin
        full += -2.5 - loose < reading.slack[index] <= pieces[index].token + 5 + loose
    return inside >= 0.5 * len(soft) and full >= 0.75 * len(soft)


def _of_one_width(reading: Reading, pieces: Sequence[Piece], soft: int) -> bool:
    """Whether few lines go beyond the width: many would be paragraphs on one line."""
    limit = BEYOND * max(reading.layout.measures)
    return sum(reading.layout.cells(piece) > limit and not piece.rigid for piece in pieces) <= 0.5 * soft


def joins_listings(reading: Reading, pieces: Sequence[Piece]) -> bool:
    """Whether most of what would be joined begins or ends with a line of Latin letters.

    Between paragraphs that stand on one line each, such lines are what a terminal or a program shows. Its own program
    broke them, if any did, and the author copied them as they were.
    """
    soft = [index for index, kind in enumerate(reading.breaks) if kind == SOFT]
    narrow = sum(_is_narrow(pieces[index - 1]) or _is_narrow(pieces[index]) for index in soft)
    return 2 * narrow > len(soft)


def _stands_in_chinese(reading: Reading, pieces: Sequence[Piece]) -> bool:
    """Whether paragraphs of Chinese stand on one line each, wider than all that would be joined."""
    limit = BEYOND * max(pieces[index - 1].width for index, kind in enumerate(reading.breaks) if kind == SOFT)
    return sum(piece.width > limit and not _is_narrow(piece) for piece in pieces) >= _PARAGRAPHS


def _is_narrow(piece: Piece) -> bool:
    return piece.latin > _NARROW * piece.width


def _spaces_are_line_ends(reading: Reading, pieces: Sequence[Piece], soft: int) -> bool:
    """Whether most spaces between Han are line ends, as in text whose line ends became spaces; in a list few are."""
    kept = sum(
        kind == INLINE
        and after.space
        and before.wide_end
        and after.wide_start
        and not NUMBERING.fullmatch(before.text)
        for (before, after), kind in zip(pairwise(pieces), reading.breaks[1:], strict=True)
    )
    return kept <= soft


def _needed(pieces: Sequence[Piece], soft: Sequence[int], flat: bool) -> float:
    """The gain to ask for, in nats.

    A printer splits words: a third of the breaks between two Han characters do (fewer in classical texts). Two such
    breaks prove him, unless they are two of many; one is worth half the gain, and so are breaks in the middle of
    sentences without one. Where neither is to be seen, twice the gain is asked for if the breaks are few. Many breaks
    between Han and no word split look like verse or a list. Of spaces fewer are asked: nobody sets one into a
    sentence just where a line would be full.

    Measured on 25,000 excerpts of 3 to 25 lines of clean documents: of those that pass the other tests none splits a
    word; the highest gain is 2.4 nats with two breaks or more mostly between Han, 4.6 with spaces, 12 with others.
    Of 1,550 excerpts of as many lines of printed text three quarters have a word split, and reach 2 nats; of the
    others with breaks mostly between Han nine in ten reach 4.
    """
    joints = _joints(pieces, soft)
    split = sum(meet_in_word(*joint) for joint in joints)
    if flat:  # stray spaces split words too
        return _GAIN / 2 if split >= _SPLIT_WORDS else _GAIN if split or len(joints) < _MANY else 2 * _GAIN
    if split >= _SPLIT_WORDS and split > 0.1 * len(joints):
        return 0.0
    if split:
        return _GAIN / 2
    if len(joints) >= _MANY:
        return 2 * _GAIN
    if len(joints) >= max(LEAST, 0.5 * len(soft)):
        return _GAIN_BETWEEN_HAN
    return _GAIN if len(soft) >= _SEVERAL else 2 * _GAIN
