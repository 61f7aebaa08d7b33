"""Structure: documents whose line ends carry meaning, so that no printer can have put them there."""

import re
from collections import Counter
from collections.abc import Sequence

from cleaner.cells import width
from cleaner.draft import Line
from cleaner.patterns import lazy_plain

_COLUMNS = lazy_plain(r"\S(?: {2,}|\t|\u3000{2,})(?=\S)")
_WORD_GAP = lazy_plain(r" +")
_CODE = lazy_plain(
    r"[;{}]$|^[#/<$>%|+]|[=(]\S*\(|^\S*=\S|^(?:def|class|import|from|return|if|for|var|let|const|func)\b"
)
_KEY = lazy_plain(r"[^：:，。]{1,12}[：:][^。！？]{0,60}$")
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


def structured(lines: Sequence[Line]) -> bool:
    """Whether the line ends carry the structure: a table, code, records, subtitles, a table of contents.

    Shares, never presence: an article on Git may hold a table and a subtitle arrow.
    """
    texts = [line.text.strip() for line in lines]
    shapes = Counter(_shape(text) for text in texts)
    shapes.pop(None, None)
    shares = (
        (sum(_columnar(text) for text in texts), 0.45),
        (sum(bool(_CODE.search(text)) for text in texts), 0.35),
        (sum(bool(_KEY.match(text)) for text in texts), 0.70),
        (max(shapes.values(), default=0), 0.60),
        (sum("-->" in text for text in texts), 0.15),
        (sum(bool(_LEADERS.search(text)) for text in texts), 0.40),
    )
    total = len(texts)
    return any(count > share * total for count, share in shares)


def _shape(text: str) -> str | None:
    """The kinds of the first four characters, if none is Han and not all are letters: records start alike."""
    head = text[:4]
    if len(head) < 4 or not head.isascii() or head.replace(" ", "").isalpha():
        return None
    return re.sub("[A-Za-z]", "a", re.sub("[0-9]", "0", head))
