"""The lines a page was printed on, where their ends became spaces: a marker between them is a line again.

The spaces between two wide characters lie one line apart. Where most of them do, every line is walked through from
its start: a stretch as wide as a printed line ends there; what fits no line, up to where one begins, is a line of its
own. Numbers are looked at alone, so that the marker 3 does not hide in the line after it.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import compress, pairwise
from typing import NamedTuple

from cleaner.draft import Draft, Line
from cleaner.markers import LONGEST
from cleaner.patterns import lazy, lazy_plain

_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]"  # Han and its marks
_JOINT = lazy(rf" (?<={_WIDE} )(?={_WIDE})")
_TOKEN = lazy_plain(r"[^ \u3000]+")
_DIGIT = lazy_plain(r"\d+")
_FIGURES = r"[0-9０-９ivxlIVXL一二三四五六七八九十百〇]{1,4}"
_NUMBER = lazy(rf"{_FIGURES}|\W{_FIGURES}\W")
_LONGEST_NUMBER = 6
_CELLS_OF_GAP = {"": 0, " ": 1, "\u3000": 2}
_SENTENCE_ENDS = "。！？!?…；;：:”」』"
_LEAST, _MOST = 30, 130  # cells of a printed line
_FARTHEST = 200  # characters between two spaces: several lines with figures or Latin words at their ends
_ENOUGH, _INSIDE = 5, 3  # printed lines that show the width, and those among them with a space at either end
_SHORT, _LONG = 5, 2  # cells by which a line may be narrower or wider than most: marks that may not begin a line
_MARKER = 8  # words of a marker and a head at most


class _Tokens(NamedTuple):
    """What stands between the spaces of a line, as columns of numbers."""

    starts: list[int]
    ends: list[int]
    before: list[int]
    """Cells of the line before each."""
    up_to: list[int]
    """The same with it: every stretch of the line is measured by one subtraction."""


class _Piece(NamedTuple):
    """A line without its number."""

    start: int
    end: int
    next: int
    text: str


def printed_lines(draft: Draft) -> list[Line]:
    """The lines of the draft, or those it was printed on.

    >>> row = "渡口的老艄公每天天不亮就起来，先看水色"
    >>> text = " ".join([*[row] * 6, "3", *[row] * 4]) + "\\n"
    >>> [line.text for line in printed_lines(Draft(text))][5:8] == [row, "3", row]
    True
    >>> len(printed_lines(Draft("山 水 人 家，各有各的日子，谁也不问谁。\\n" * 9)))
    9
    """
    lines = draft.lines()
    width = _measure(draft.text)
    if not width:
        return lines
    pieces = [piece for line in lines for piece in _pieces(draft.text, line, width)]
    numbered = [len(piece.text) <= LONGEST and bool(_DIGIT.search(piece.text)) for piece in pieces]
    known = Counter(_figureless(piece.text) for piece in compress(pieces, numbered))
    heads = {text for text, count in known.items() if count > 1}
    split = (
        part
        for piece, may_hold in zip(pieces, numbered, strict=True)
        for part in (_freed(piece, heads) if may_hold else (piece,))
    )
    return [Line(number, *piece) for number, piece in enumerate(split if heads else pieces)]


def _figureless(text: str) -> str:
    return _DIGIT.sub("0", "".join(text.split()))


def _freed(piece: _Piece, heads: set[str]) -> Iterator[_Piece]:
    """The piece, or its parts, if one of them is a head that stands alone elsewhere: 三、建议 DB 12 第 4 页."""
    if _figureless(piece.text) not in heads:
        tokens = [found.span() for found in _TOKEN.finditer(piece.text)]
        gaps = [(end, start) for (_, end), (start, _) in pairwise(tokens)]
        before = [gap for gap in gaps if _figureless(piece.text[: gap[0]]) in heads]
        after = [gap for gap in gaps if _figureless(piece.text[gap[1] :]) in heads]
        for end, start in [*before[-1:], *after[:1]][:1]:
            yield _Piece(piece.start, piece.start + end, piece.start + start, piece.text[:end])
            yield _Piece(piece.start + start, piece.end, piece.next, piece.text[start:])
            return
    yield piece


def _measure(text: str) -> int:
    """The width most stretches between two spaces of Han text have; 0 if there is none.

    Stretches that begin a line alone show nothing: the columns of a log do that.
    """
    if " " not in text or text.isascii():
        return 0
    begin: Counter[int] = Counter()
    inside: Counter[int] = Counter()
    last = 0
    for joint in _JOINT.finditer(text):
        line = text.rfind("\n", last, joint.start()) + 1
        start = max(last, line)
        last = joint.end()
        width = _width(text[start : joint.start()]) if joint.start() - start < _FARTHEST else 0
        if _LEAST <= width <= _MOST:
            (begin if line else inside)[width] += 1
    counts = begin + inside
    best = max(counts, key=lambda width: (_near(counts, width), counts[width]), default=0)
    enough = _near(counts, best) >= _ENOUGH and 2 * _near(counts, best) >= counts.total()
    return best if enough and _near(inside, best) >= _INSIDE else 0


def _near(counts: Counter[int], width: int) -> int:
    return sum(counts[width + by] for by in range(-_SHORT, _LONG + 1))


def _width(text: str) -> int:
    # Latin-1 has just the narrow characters: a tenth of the time of a pattern, and it is asked for every few words.
    return 2 * len(text) - len(text.encode("latin-1", "ignore"))


def _pieces(text: str, line: Line, width: int) -> Iterator[_Piece]:
    """The printed lines of one line."""
    tokens = _tokens(text, line) if _width(line.text) > width + _LONG else None
    cuts = list(_cuts(text, tokens, width)) if tokens else []
    if tokens is None or len(cuts) < 2:
        yield _Piece(line.start, line.end, line.next, line.text)
        return
    starts = [line.start, *(tokens.starts[at] for at in cuts[1:])]
    for at, start in enumerate(starts):
        last = at + 1 == len(starts)
        end = line.end if last else tokens.ends[cuts[at + 1] - 1]
        yield _Piece(start, end, line.next if last else starts[at + 1], text[start:end])


def _tokens(text: str, line: Line) -> _Tokens:
    tokens = _Tokens([], [], [], [])
    at, cells = line.start, 0
    for found in _TOKEN.finditer(text, line.start, line.end):
        start, end = found.span()
        cells += _width(text[at:start]) if start > at + 1 else _CELLS_OF_GAP[text[at:start]]
        tokens.starts.append(start)
        tokens.before.append(cells)
        cells += _width(text[start:end])
        tokens.ends.append(end)
        tokens.up_to.append(cells)
        at = end
    return tokens


def _cuts(text: str, tokens: _Tokens, width: int) -> Iterator[int]:
    """The tokens with which printed lines begin."""
    at, count = 0, len(tokens.starts)
    while at < count:
        yield at
        if _is_number(text, tokens, at) and _line_end(text, tokens, at + 1, width):
            at += 1
            continue
        end = _line_end(text, tokens, at, width)
        if end:
            at = end
            continue
        # Nothing as wide as a line begins here: what is up to the next such line, cut after a sentence.
        rest = range(at + 1, min(count, at + _MARKER) + 1)
        sentence = next((to for to in rest if _ends_sentence(text, tokens, to - 1)), 0)
        line = next((to for to in rest if _line_end(text, tokens, to, width)), 0)
        rest_end = min((to for to in (sentence, line) if to), default=count)
        # A marker, then the end of a sentence: the last line of the paragraph, which is short.
        if rest_end == sentence and rest_end - at > 1:
            yield rest_end - 1
        at = rest_end


def _line_end(text: str, tokens: _Tokens, start: int, width: int) -> int:
    """The token after a stretch from ``start`` that is as wide as a line; 0 if there is none."""
    best = 0
    for at in range(start, len(tokens.starts) - 1):
        wide = tokens.up_to[at] - tokens.before[start]
        if wide > width + _LONG:
            break
        if wide >= width - _SHORT and not (best and _is_number(text, tokens, at)):
            best = at + 1
        if _ends_sentence(text, tokens, at):
            break  # the mark fills its own cell: the space after it was a line end
    return best


def _ends_sentence(text: str, tokens: _Tokens, at: int) -> bool:
    return text[tokens.ends[at] - 1] in _SENTENCE_ENDS


def _is_number(text: str, tokens: _Tokens, at: int) -> bool:
    start, end = tokens.starts[at], tokens.ends[at]
    return end - start <= _LONGEST_NUMBER and _NUMBER.fullmatch(text, start, end) is not None
