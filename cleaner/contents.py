"""Contents: the entries of a table of contents, known by the page numbers they end with.

What leads to the number tells nothing: dots and dots with spaces are only the beginning, and recognition makes rows
of letters of them. But the numbers rise from line to line, and no prose ends its lines so.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cleaner.patterns import lazy_plain

# A number at the end; a decimal, a date or a time is none.
_PAGE = lazy_plain(r"(?<!\d)(?<!\d[.,:/-])\d{1,4}$")
_TITLE = lazy_plain(r"[^\W\d_]")
# Entries that are no coincidence: a twentieth of the lines of a text on figures may end with one.
_ENOUGH = 4
# Lines between two entries: a title in two lines, a part without a page, a number that was lost.
_BETWEEN = 2
# The share of numbers that are no smaller than the one before: recognition misreads one now and then.
_RISING = 0.8


class _Entry(NamedTuple):
    line: int
    page: int


def entries(texts: Sequence[str]) -> set[int]:
    """The indices of the lines among ``texts`` that are entries of a table of contents.

    >>> sorted(entries(["目录", "第一章 渡口 . . . . . 1", "第二章 老艄公sssssss4", "3 过河 ———— 9", "后记 12"]))
    [1, 2, 3, 4]
    >>> entries(["甲队得分 12", "乙队得分 9", "丙队得分 15", "丁队得分 7"])    # these do not rise
    set()
    """
    return {entry.line for run in _runs(texts) if _rises(run) for entry in run}


def _runs(texts: Sequence[str]) -> Iterator[list[_Entry]]:
    run: list[_Entry] = []
    for line, text in enumerate(texts):
        if not "0" <= text[-1:] <= "9" or not (page := _PAGE.search(text)) or not _TITLE.search(text[: page.start()]):
            continue
        if run and line - run[-1].line > _BETWEEN + 1:
            yield run
            run = []
        run.append(_Entry(line, int(page.group())))
    yield run


def _rises(run: Sequence[_Entry]) -> bool:
    rising = sum(before.page <= after.page for before, after in pairwise(run))
    return len(run) >= _ENOUGH and run[0].page < run[-1].page and rising >= _RISING * (len(run) - 1)
