"""Letter-spacing: closes up a text in which recognition or a converter put a space after every character.

``小 船 靠 岸 ，`` is no list of names: the marks of a sentence stand apart as well, and hardly two characters of the
whole text are left together. A text that an author cut into words (``我们 到 了``) has most of its characters
together, and a single line set wide is a heading, which :mod:`cleaner.stages.spaces` judges.

Recognition also does so to single lines of a text, which the printer had stretched: then sentences run on between
such lines and whole ones. What an author sets apart, characters to be copied or a lesson, has lines of its own.
"""

from collections.abc import Iterator
from itertools import pairwise

from cleaner.config import Config
from cleaner.draft import Draft, Line
from cleaner.edits import Edit
from cleaner.patterns import lazy_plain
from cleaner.pieces import is_han

_WIDE = (
    r"\u2014\u2018-\u201d\u2026\u3001-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uff60"
)
_TOGETHER = lazy_plain(rf"[{_WIDE}](?=[{_WIDE}])")
_APART = lazy_plain(rf"[{_WIDE}](?=\x20[{_WIDE}])")
# A mark that stands apart from the letter before it: no author writes that, whatever he parts by spaces.
_MARK_APART = lazy_plain(rf"[{_WIDE}]\x20[，。、；：！？]")
_GAP = lazy_plain(rf"(?<=[{_WIDE}])\x20+(?=\S)|(?<=\S)\x20+(?=[{_WIDE}])")

# The share of gaps that are spaced, in the text and in a line: recognition glues a pair here and there, and cutting
# into words leaves every second character with its neighbour, but fewer in a short text of short words.
_SHARE, _LINE_SHARE = 0.95, 0.8
# Marks that stand apart: a sentence or two.
_MARKS = 3
_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_HAN_TOGETHER = lazy_plain(rf"[{_HAN}](?=[{_HAN}])")
# It begins with the space, which is rare: a megabyte of prose takes 0.1 ms and not 3.
_HAN_APART = lazy_plain(rf"\x20(?<=[{_HAN}]\x20)(?=[{_HAN}])")
_CLAUSE = lazy_plain("[，。；：！？]")
# Shorter texts are cut at their spaces.
_LONG = 20_000
# Gaps at least in a line spaced out by itself, and places where a sentence runs on between it and a whole one.
_GAPS, _JOINTS = 4, 2


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Take the spaces out of a text that has one after every character; of two or more, one stays.

    >>> text = "小 船 靠 岸 ， 人 都 下 来 ， 雨 停 了 。\\n"
    >>> len(list(propose(Draft(text), Config())))
    13
    >>> list(propose(Draft("小船 靠 岸 ， 人 都 下来 ， 雨 停 了 。\\n"), Config()))    # cut into words
    []
    """
    text = draft.text
    if text.isascii():
        return
    if text.count(" ") >= 0.2 * len(text) and _spaced_out(text):
        for line in draft.lines():
            if _apart(line.text, _LINE_SHARE):
                yield from _close_up(draft, line)
        return
    spaced = [line for line in draft.lines() if _is_apart(line.text)] if _has_han_apart(text) else []
    if spaced and len(spaced) <= sum(_is_whole(line.text) for line in draft.lines()) and _run_on(draft, spaced):
        for line in spaced:
            for gap in _HAN_APART.finditer(line.text):
                at = line.start + gap.end()
                yield from draft.delete(at - 1, at, "spaced-out", "a space after every character of the line")


def _has_han_apart(text: str) -> bool:
    """Whether a space stands between two Han characters; to make the pattern takes 2 ms, so short texts go without.

    >>> _has_han_apart("船 到"), _has_han_apart("用 GPS 测"), _has_han_apart("船  到")
    (True, False, False)
    """
    if len(text) > _LONG:
        return _HAN_APART.search(text) is not None
    parts = pairwise(text.split(" "))
    return any(_is_of_han(before[-1:]) and _is_of_han(after[:1]) for before, after in parts)


def _is_of_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def _is_apart(text: str) -> bool:
    """Whether a line of running text is spaced out by itself."""
    if text.count(" ") < _GAPS or not _CLAUSE.search(text) or _HAN_TOGETHER.search(text):
        return False
    return len(_HAN_APART.findall(text)) >= _GAPS


def _run_on(draft: Draft, spaced: list[Line]) -> bool:
    """Whether sentences run on from whole lines to those ``spaced`` out, or back: so it is with no list or lesson."""
    lines = draft.lines()
    numbers = {line.number for line in spaced}
    joints = sum(
        (first.number in numbers) != (second.number in numbers)
        and _is_han_end(first.text)
        and (_is_whole(first.text) or _is_whole(second.text))
        for first, second in pairwise(lines)
    )
    return joints >= _JOINTS


def _is_han_end(text: str) -> bool:
    return bool(text) and is_han(text.rstrip()[-1:] or " ")


def _is_whole(text: str) -> bool:
    """Whether a line of running text has no space between its characters."""
    return len(text) > 4 * _GAPS and _CLAUSE.search(text) is not None and not _HAN_APART.search(text)


def _spaced_out(text: str) -> bool:
    return _apart(text, _SHARE) and len(_MARK_APART.findall(text)) >= _MARKS


def _apart(text: str, share: float) -> bool:
    apart = len(_APART.findall(text))
    return apart > 0 and apart >= share * (apart + len(_TOGETHER.findall(text)))


def _close_up(draft: Draft, line: Line) -> Iterator[Edit]:
    for gap in _GAP.finditer(line.text):
        # Where the printed text had a space, there are three: one after the character before, its own, one more.
        left = 1 if gap.end() - gap.start() > 1 else 0
        if gap.end() - gap.start() > left:
            yield from draft.delete(
                line.start + gap.start(), line.start + gap.end() - left, "spaced-out", "a space after every character"
            )
