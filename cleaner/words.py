"""Words: whether two Han characters side by side are likely to be inside one word."""

from functools import cache
from importlib.resources import files


@cache
def common_pairs() -> frozenset[str]:
    """Pairs of Han characters that stand inside common words, simplified and traditional.

    Derived from jieba's word list (MIT licence) by tests/benchmark/derive_pairs.py, which tells how far a pair can be
    trusted.

    >>> "市场" in common_pairs(), "的场" in common_pairs()
    (True, False)
    """
    table = files("cleaner").joinpath("data", "pairs.txt").read_text("utf-8")
    return frozenset(line[0] + second for line in table.splitlines() for second in line[1:])
