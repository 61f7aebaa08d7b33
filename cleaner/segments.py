"""Segments: the parts in which a long message was sent, each with its number before it: (1/4), (2/4).

They are all there, each a line, and none but the last is shorter than a message may be: so they end where they are
full, and not with their sentences. A list of things to do, or a row of short posts, is numbered alike.
"""

from collections.abc import Iterator

from cleaner.patterns import lazy_plain
from cleaner.words import meet_in_word

_MARK = lazy_plain(r"(?m)^[ \t]*[(（\[【](\d{1,3})/(\d{1,3})[)）\]】][ \t]?")
# Characters of a segment at least: a message holds 70, or 67 of one that is continued.
_SHORTEST = 40
# By which they may differ: a program that counts otherwise, a space that was lost.
_UNEVEN = 2
_STOPS = "。！？!?…"


def segments(text: str) -> Iterator[tuple[int, int]]:
    """Where the numbers stand, with the line end before each.

    >>> message = "(1/2)明天上午九点到十一点停电，各户把冰箱里的肉先拿出来用盐抹上，把水缸挑满，养鱼的人家今晚把柴"
    >>> [*segments(message + "\\n(2/2)油备好。\\n")]
    [(0, 5), (50, 56)]
    >>> [*segments("(1/2)买米，买油，到桥头的铺子里去\\n(2/2)做饭\\n")]
    []
    """
    run: list[tuple[int, int]] = []
    total = ""
    for mark in _MARK.finditer(text) if "1/" in text else ():
        if mark[1] == "1":
            run, total = [], mark[2]
        if mark[1] == str(len(run) + 1) and mark[2] == total:
            run.append(mark.span())
            if mark[1] == total and _are_full(text, run):
                yield from _with_line_ends(text, run)


def _are_full(text: str, run: list[tuple[int, int]]) -> bool:
    """Whether all segments but the last are full lines that do not end with a sentence, and the last is no longer."""
    ends = [start for start, _ in run[1:]]
    parts = [text[start:end].rstrip("\r\n") for (start, _), end in zip(run, ends, strict=False)]
    if not parts or any("\n" in part or part[-1:] in _STOPS for part in parts):
        return False
    lengths = [len(part) for part in parts]
    last = text.find("\n", run[-1][0])
    short = (last if last >= 0 else len(text)) - run[-1][0] <= max(lengths)
    even = min(lengths) >= max(_SHORTEST, max(lengths) - _UNEVEN)
    return even and short and (len(parts) > 1 or meet_in_word(parts[0], text[run[1][1] : run[1][1] + 1]))


def _with_line_ends(text: str, run: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    yield run[0]
    for start, end in run[1:]:
        while text[start - 1] in "\r\n":
            start -= 1
        yield start, end
