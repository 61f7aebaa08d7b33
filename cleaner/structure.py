"""Structure: documents whose line ends carry meaning, so that no printer can have put them there."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from cleaner.cells import width
from cleaner.narrow import narrow
from cleaner.patterns import lazy_plain

_COLUMNS = lazy_plain(r"\S(?: {2,}|\t|\u3000{2,})(?=\S)")
_STRETCHED = lazy_plain(r"[A-Za-z,.;)] {2,3}[A-Za-z(]")
_BETWEEN_WORDS = lazy_plain(r"[^\W\d_][,.;:)]? {2,}(?=[^\W\d_(])")
_KEYWORDS = ("def", "class", "import", "from", "return", "if", "for", "var", "let", "const", "func")
_CODE = lazy_plain(rf"[;{{}}]$|^[#/<$>%|+]|[=(]\S*\(|^\S*=\S|^(?:{'|'.join(_KEYWORDS)})\b")
_SIGNS = tuple(sign.encode() for sign in (*";{}#/<$>%|+=(", *_KEYWORDS))
_KEY = lazy_plain(r"[^：:，。]{1,12}[：:][^。！？]{0,60}$")
_LABEL_LENGTH = 26
_LABEL = lazy_plain(rf"[A-Za-z][\w-]{{1,{_LABEL_LENGTH - 2}}}:(?=\s|$)|commit(?= [0-9a-f]{{7,40}}$)")
_RECORDS = 3
# What a program can be asked to do: its own page, which it shows in a terminal.
_OPTION = lazy_plain(r"--?[A-Za-z][\w-]*(?:[ ,=\[]|$)")
# A text with rulers across the screen was typed for one: its author broke the lines.
_RULED, _RULER_LENGTH = "=~*#_-", 50
_RULER = lazy_plain(rf"([{_RULED}])\1{{{_RULER_LENGTH - 1},}}")
_RULERS = 3
_LEADERS = lazy_plain(r"[.…·]{4,}\s*\d")


# Cells of a column are shorter than the lines a converter joined with wide spaces.
_CELL = 24


def _columnar(text: str) -> bool:
    """Whether the wide gaps of a line part columns.

    A justified line has many gaps, and most of its words are Latin; joined lines have long stretches between them.

    >>> _columnar("017  15  0F  SI  117  79  4F  O"), _columnar("so  on  and  so  on  and  on  it  goes")
    (True, False)
    """
    gaps = len(_COLUMNS.findall(text))
    if not gaps or width(text) > _CELL * (gaps + 1):
        return False
    return gaps < 5 or width(text) > 1.5 * len(text) or 2 * len(_BETWEEN_WORDS.findall(text)) < gaps


def _justified(texts: Sequence[str]) -> bool:
    """Whether the wide gaps of these lines are stretched spaces: letters on both sides, and one right edge.

    >>> _justified(["the  first thing it", "teaches is patience", "and  the second one", "is to  wait and see"])
    True
    >>> _justified(["click  8.1  BSD", "regex  2024  Apache", "pytest  8  MIT"])    # a table's last column is ragged
    False
    """
    gapped = [text for text in texts if _COLUMNS.search(text)]
    stretched = sum(bool(_STRETCHED.search(text)) for text in gapped)
    edge = max(Counter(map(width, gapped)).values(), default=0)
    return stretched >= 0.5 * len(gapped) and edge >= 0.6 * len(gapped)


def structured(lines: Iterable[str]) -> bool:
    """Whether the line ends carry the structure: a table, records, subtitles, contents, a terminal's page.

    Shares, never presence: an article on Git may hold a table and a subtitle arrow.
    """
    texts = [line.strip() for line in lines]
    whole = "\n".join(texts)

    def often(share: float, holds: Callable[[str], object], signs: Iterable[str], each: int = 1) -> bool:
        """Whether more than this share of the lines hold; they have ``each`` or more of the ``signs`` if they do."""
        # To count signs takes a hundredth of the time that a pattern takes on every line.
        return sum(map(whole.count, signs)) > each * share * len(texts) and _count(texts, holds) > share * len(texts)

    return (
        (often(0.45, _columnar, ("  ", "\t", "\u3000\u3000")) and not _justified(texts))
        or often(0.70, _KEY.match, ":：")
        or _most_alike(texts) > 0.60 * len(texts)
        or _labelled(texts) > 0.40 * len(texts)
        or often(0.15, lambda text: "-->" in text, ("-->",))
        or often(0.20, _OPTION.match, "-")
        or often(0.40, _LEADERS.search, ".…·", each=4)
        or (often(0.02, _RULER.fullmatch, _RULED, _RULER_LENGTH) and _count(texts, _RULER.fullmatch) >= _RULERS)
    )


def _count(texts: Iterable[str], holds: Callable[[str], object]) -> int:
    return sum(bool(holds(text)) for text in texts)


def _labelled(texts: Iterable[str]) -> int:
    """How many lines start with a label in Latin letters that starts others too: ``Author:``, ``Date:``, ``commit``.

    Somebody who speaks in an interview has lines without his name below the first.

    >>> log = ["commit 74bf20f876", "Author: 小满", "换了船灯。"]
    >>> _labelled(log * 3), _labelled(["commit 是提交的意思。", "Author: 小满"] * 3)
    (6, 3)
    """
    labels = Counter(
        label[0]
        for text in texts
        if (":" in text[:_LABEL_LENGTH] or text.startswith("commit ")) and (label := _LABEL.match(text))
    )
    return sum(count for count in labels.values() if count >= _RECORDS)


def _most_alike(texts: Iterable[str]) -> int:
    """How many lines start in the most frequent shape."""
    shapes = Counter(_shape(text[:4]) for text in texts if text[:4].isascii())
    shapes.pop(None, None)
    return max(shapes.values(), default=0)


def is_code(lines: Sequence[str]) -> bool:
    """Whether a third of the lines are those of a program or its settings."""
    latin = narrow("\n".join(lines))
    if sum(map(latin.count, _SIGNS)) <= 0.35 * len(lines):
        return False  # without these there is no such line
    return sum(bool(_CODE.search(line.strip())) for line in lines) > 0.35 * len(lines)


def _shape(head: str) -> str | None:
    """The kinds of the first four characters, if none is Han and not all are letters: records start alike."""
    if len(head) < 4 or head.replace(" ", "").isalpha():
        return None
    return re.sub("[A-Za-z]", "a", re.sub("[0-9]", "0", head))
