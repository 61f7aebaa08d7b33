"""Letter-spacing: closes up a text in which recognition or a converter put a space after every character.

``小 船 靠 岸 ，`` is no list of names: the marks of a sentence stand apart as well, and hardly two characters of the
whole text are left together. A text that an author cut into words (``我们 到 了``) has most of its characters
together, and a single line set wide is a heading, which :mod:`cleaner.stages.spaces` judges.
"""

from collections.abc import Iterator

from cleaner.config import Config
from cleaner.draft import Draft, Line
from cleaner.edits import Edit
from cleaner.patterns import lazy_plain

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


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Take the spaces out of a text that has one after every character; of two or more, one stays.

    >>> text = "小 船 靠 岸 ， 人 都 下 来 ， 雨 停 了 。\\n"
    >>> len(list(propose(Draft(text), Config())))
    13
    >>> list(propose(Draft("小船 靠 岸 ， 人 都 下来 ， 雨 停 了 。\\n"), Config()))    # cut into words
    []
    """
    text = draft.text
    if text.count(" ") < 0.2 * len(text) or not _spaced_out(text):
        return
    for line in draft.lines():
        if _apart(line.text, _LINE_SHARE):
            yield from _close_up(draft, line)


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
