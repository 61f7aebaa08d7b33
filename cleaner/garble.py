"""Garble: characters that a site puts between an author's so that copies of its page are spoilt, or known as copies.

===============  ==========================================================================================
kind             what shows it
===============  ==========================================================================================
random letters   lines, ends of lines and runs inside them, of ASCII letters and marks with two between spaces at most
                 (``, {# j5 k; L7 Z(``): five unlike ones, with ten marks among them, in a text that is
                 Chinese but for them
mark after 的    one of ``' ` .`` between 的 and the word it leads to, where the document has that mark beside
                 Han nowhere else, and the line nothing to pair it with: it opens no quotation, and
                 ends no sentence
===============  ==========================================================================================
"""

from collections.abc import Iterator
from typing import NamedTuple

from cleaner.narrow import narrow
from cleaner.patterns import lazy, lazy_plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    import regex


class Garble(NamedTuple):
    """A stretch that is not the author's."""

    start: int
    end: int
    mark: bool
    """Whether it is a single mark inside a sentence."""


def garble(text: str) -> Iterator[Garble]:
    """What a site put between the author's characters, in order.

    >>> drawn = ", {# j5 k; L7 Z(", "% v1 X' ^. S8 k.", "/ w! X' O* p2 @+", "8 W& R' V9 t {)", "+ j3 e$ N; R' i'"
    >>> text = "".join(f"船靠了岸，他把缆绳系好，提着灯走上石阶。\\n{line}\\n" for line in drawn)
    >>> tuple(text[found.start : found.end] for found in garble(text)) == drawn
    True
    >>> [[found.start for found in garble(text)] for text in ("她说话时的'欢快劲儿。", "他说的'好'不是好。")]
    [[5], []]
    """
    yield from sorted([*_random(text), *_marks(text)])


# --- random letters ---------------------------------------------------------------------------------------

_FEWEST = 5
# Of the thirty-two marks there are, five such lines hold some twenty; formulas and moves of a game, a handful.
_MARKS = 10
_SPREAD = 0.6

_RUN = r"[!-~]{1,2}(?:[ ]{1,3}[!-~]{1,2})"
_AFTER_HAN = r"(?<=[\p{Han}。，、；：！？…”」』）])"
_EDGES = (
    rf"(?m)(?:^|{_AFTER_HAN})[ ]?(?P<run>{_RUN}{{%d,}}+)[ ]*(?=\r?$)|^(?P<run>{_RUN}{{%d,}}+)(?=[\p{{Han}}“「『（])"
    # Of those inside a line only the long ones: an author may have a letter or two between his words.
    rf"|{_AFTER_HAN}[ ]?(?P<run>{_RUN}{{4,}}+)(?=[\p{{Han}}“「『（])"
)
_LONG, _SHORT = lazy(_EDGES % (4, 4)), lazy(_EDGES % (1, 3))
_FIVE_TOKENS = lazy_plain(f"{_RUN}{{4}}")  # what the long ones hold, looked for in a twentieth of the time
# What hardly anybody writes alone: a letter or a figure beside a mark, two marks, a letter beside a figure.
_DRAWN = lazy_plain(r"[A-Za-z\d][^\w\s]|[^\w\s][A-Za-z\d]|[A-Za-z]\d|\d[A-Za-z]|([^\w\s])(?!\1)[^\w\s]")
_MARK = lazy_plain(r"[^\w\s]")
_SENTENCE = lazy(r"\p{Han}{4}")
_NO_MARKS = bytes(code for code in range(256) if code > 0x7E or chr(code).isalnum() or code <= 0x20)
# Letters and figures as one, marks as another: in that, what is drawn is looked for without a pattern.
_SHAPES = bytes(
    ord("a") if chr(code).isalnum() else ord(".") if 0x20 < code < 0x7F else code if code < 0x80 else ord("a")
    for code in range(256)
)
_DRAWN_SHAPES = (b" a. ", b" .a ", b" .. ")


def _random(text: str) -> Iterator[Garble]:
    """Lines and ends of lines of letters drawn at random."""
    if text.isascii() or len({*narrow(text).translate(None, _NO_MARKS)}) < _MARKS:
        return
    if sum(map(narrow(text).translate(_SHAPES).count, _DRAWN_SHAPES)) < _FEWEST:
        return
    if not _FIVE_TOKENS.search(text):
        return
    drawn = {found["run"] for found in _LONG.finditer(text) if _is_drawn(found["run"])}
    marks = {*_MARK.findall("".join(drawn))}
    if len(drawn) < _FEWEST or len(marks) < _MARKS or len(_SENTENCE.findall(text)) < len(drawn):
        return
    for found in _SHORT.finditer(text):
        if any(map(_DRAWN.fullmatch, found["run"].split())) and _MARK.search(found["run"]):
            yield Garble(*_line_or_end(text, found), mark=False)


def _is_drawn(run: str) -> bool:
    pairs = sum(1 for token in run.split() if _DRAWN.fullmatch(token))
    letters = run.replace(" ", "")
    return pairs >= 2 and len({*letters}) >= _SPREAD * len(letters)


def _line_or_end(text: str, found: "regex.Match[str]") -> tuple[int, int]:
    """The run with the spaces around it."""
    start = found.start("run")
    while text[start - 1 : start] == " ":
        start -= 1
    return start, found.end()


# --- marks after 的 ---------------------------------------------------------------------------------------

_MARKED = {
    mark: (lazy(rf"的{form}(?=\p{{Han}})"), lazy(rf"[\p{{Han}}，。“”]{form}|{form}[\p{{Han}}，。“”]"))
    for mark, form in (("'", "'"), ("`", "`"), (".", r"\."))
}
# What opens or closes a quotation with the mark: two in one line may be a pair.
_PAIRS = {"'": "'`", "`": "'`", ".": ""}


def _marks(text: str) -> Iterator[Garble]:
    """Marks between 的 and a word, where the document has such a mark beside Han nowhere else."""
    for mark, (after_de, beside_han) in _MARKED.items():
        if mark not in text or f"的{mark}" not in text:  # one character is looked for ten times as fast as two
            continue
        if len(after_de.findall(text)) != len(beside_han.findall(text)):
            continue
        start = 0
        for line in text.split("\n"):
            if sum(map(line.count, _PAIRS[mark])) <= 1:
                for found in after_de.finditer(line):
                    yield Garble(start + found.end() - 1, start + found.end(), mark=True)
            start += len(line) + 1
