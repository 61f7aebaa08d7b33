"""Words: pairs of characters inside words, and the words of headings and titles."""

import os
from functools import cache


@cache
def common_pairs() -> frozenset[str]:
    """Pairs of Han characters that stand inside common words, simplified and traditional.

    Derived from jieba's word list (MIT licence) by tests/benchmark/derive_pairs.py, which tells how far a pair can be
    trusted.

    >>> "市场" in common_pairs(), "的场" in common_pairs()
    (True, False)
    """
    return frozenset(line[0] + second for line in _table("pairs.txt").splitlines() for second in line[1:])


def meet_in_word(before: str, after: str) -> bool:
    """Whether the last character of ``before`` and the first of ``after`` stand side by side inside common words.

    >>> meet_in_word("提着一盏灯", "笼走了。"), meet_in_word("提着一盏灯", "的老人")
    (True, False)
    """
    return before[-1:] + after[:1] in common_pairs()


@cache
def headings() -> frozenset[str]:
    """Words that stand over a part of a document, often set with wide gaps to look like more.

    >>> "摘要" in headings(), "李明" in headings()
    (True, False)
    """
    return frozenset(_table("headings.txt").split())


@cache
def title_ends() -> tuple[str, ...]:
    """Words with which the titles of official papers and studies end."""
    return tuple(_table("titles.txt").split())


def _table(name: str) -> str:
    with open(os.path.join(os.path.dirname(__file__), "data", name), encoding="utf-8") as file:
        return file.read()
