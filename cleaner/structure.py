"""Structure: documents whose line ends carry meaning, so that no printer can have put them there."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from cleaner.cells import width
from cleaner.patterns import lazy_plain

_COLUMNS = lazy_plain(r"\S(?: {2,}|\t|\u3000{2,})(?=\S)")
_STRETCHED = lazy_plain(r"[A-Za-z,.;)] {2,3}[A-Za-z(]")
_CODE = lazy_plain(
    r"[;{}]$|^[#/<$>%|+]|[=(]\S*\(|^\S*=\S|^(?:def|class|import|from|return|if|for|var|let|const|func)\b"
)
_KEY = lazy_plain(r"[^：:，。]{1,12}[：:][^。！？]{0,60}$")
# A text with rulers across the screen was typed for one: its author broke the lines.
_RULER = lazy_plain(r"([=~*#_-])\1{49,}")
_RULERS = 3
_LEADERS = lazy_plain(r"[.…·]{4,}\s*\d")


# Cells of a column are shorter than the lines a converter joined with wide spaces.
_CELL = 24


def _columnar(text: str) -> bool:
    """Whether the wide gaps of a line part columns.

    A justified line has many gaps, and most of its words are Latin; joined lines have long stretches between them.
    """
    gaps = len(_COLUMNS.findall(text))
    if not gaps or width(text) > _CELL * (gaps + 1):
        return False
    return gaps < 5 or width(text) > 1.5 * len(text)


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
    shapes = Counter(_shape(text) for text in texts)
    shapes.pop(None, None)
    shares = (
        (0 if _justified(texts) else sum(_columnar(text) for text in texts), 0.45),
        (sum(bool(_KEY.match(text)) for text in texts), 0.70),
        (max(shapes.values(), default=0), 0.60),
        (sum("-->" in text for text in texts), 0.15),
        (sum(bool(_LEADERS.search(text)) for text in texts), 0.40),
    )
    total = len(texts)
    rulers = sum(bool(_RULER.fullmatch(text)) for text in texts)
    if rulers >= _RULERS and rulers > 0.02 * total:
        return True
    return any(count > share * total for count, share in shares)


def is_code(lines: Sequence[str]) -> bool:
    """Whether a third of the lines are those of a program or its settings."""
    return sum(bool(_CODE.search(line.strip())) for line in lines) > 0.35 * len(lines)


def _shape(text: str) -> str | None:
    """The kinds of the first four characters, if none is Han and not all are letters: records start alike."""
    head = text[:4]
    if len(head) < 4 or not head.isascii() or head.replace(" ", "").isalpha():
        return None
    return re.sub("[A-Za-z]", "a", re.sub("[0-9]", "0", head))
