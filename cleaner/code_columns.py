"""Code columns: the line numbers of a block of code, copied as a column under it, with the words of its frame.

A site shows code in a frame with its language, a button and numbers at the side; copied, they are lines of their own:
python / 运行 / the code / 1 / 2 / 3. They go where the figures run from 1 to n, at least three, the n lines before
them are code, and a button stands over those. Run together into one line, 123456, they say themselves how many lines
of code are to stand before them: four or more, and those do.
"""

from collections.abc import Iterator

from cleaner.draft import Line
from cleaner.patterns import lazy, lazy_plain

_FEWEST = 3
_CODE = lazy(r"^\s*(?:#|//|/\*|--)|[;{}()\[\]=:,]\s*$|^\s+\S|^[A-Za-z@$<][\w.]*(?:\s|\(|=|\.|:)")
_HAN_ENDS = lazy(r"\p{Han}[。！？，；]?\s*$")
_LANGUAGE = lazy_plain(r"[A-Za-z][A-Za-z+#\- .]{0,14}")
_BUTTONS = ("运行", "運行", "复制", "複製", "复制代码", "複製代碼", "Copy", "Run")


def code_columns(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """The first and last lines of what is none of the code.

    >>> said = ["如下：", "python", "运行", "def f(x):", "    y = x", "    return y", "1", "2", "3", "完。"]
    >>> list(code_columns([Line(at, 0, 9, 9, text) for at, text in enumerate(said)]))
    [(1, 2), (6, 8)]
    >>> list(code_columns([Line(at, 0, 9, 9, text) for at, text in enumerate(["甲", "乙", "丙", "1", "2", "3"])]))
    []
    """
    for at, line in enumerate(lines):
        text = line.text.strip()
        if not text.startswith("1"):
            continue
        if glued := _glued(text):
            above = lines[max(0, at - glued) : at]
            if len(above) == glued and not any(line.blank for line in above) and _is_code(above):
                yield at, at
            continue
        count = _count(lines, at)
        first = at - count
        if count >= _FEWEST and first >= 0 and _is_code(lines[first:at]):
            frame = _frame(lines, first)
            if frame < first:  # what a program prints may be 1, 2, 3 as well
                yield frame, first - 1
                yield at, at + count - 1


def _count(lines: list[Line], at: int) -> int:
    """How many lines from this one on are 1, 2, 3 and so on."""
    count = 0
    while at + count < len(lines) and lines[at + count].text.strip() == str(count + 1):
        count += 1
    return count


def _glued(text: str) -> int:
    """How many figures from 1 on a line is made of, if they are four or more, and nothing else.

    >>> _glued("1234567891011"), _glued("123"), _glued("12345679")
    (11, 0, 0)
    """
    if not text.startswith("1234") or not text.isdecimal():
        return 0
    at = number = 0
    while at < len(text):
        number += 1
        if not text.startswith(str(number), at):
            return 0
        at += len(str(number))
    return number


def _is_code(lines: list[Line]) -> bool:
    filled = [line.text for line in lines if not line.blank]
    said = [text for text in filled if text.lstrip()[:1] not in ("#", "/") and _HAN_ENDS.search(text)]
    code = sum(1 for text in filled if _CODE.search(text)) - len(said)
    return 3 * code >= 2 * len(filled) > 0


def _frame(lines: list[Line], first: int) -> int:
    """Where the words of the frame over the code begin: a button, and the language over that."""
    at = first
    if at > 0 and lines[at - 1].text.strip() in _BUTTONS:
        at -= 1
        if at > 0 and _LANGUAGE.fullmatch(lines[at - 1].text.strip()):
            at -= 1
    return at
