"""Uncommon: the characters of a text that prose hardly has, found in one pass for all who ask for some of them."""

import re
from functools import cache
from itertools import pairwise

from cleaner.traditional import TRADITIONAL

# Shorter texts are had character by character before the pattern is compiled.
_SHORT = 4_000
_MARKS = "\u3000、。，：；！？（）《》“”‘’…—"


def uncommon(text: str) -> frozenset[str]:
    """The characters of ``text`` that are neither ASCII nor usual marks nor Han in simple forms; of a short text all.

    Han in other forms is what :data:`cleaner.traditional.TRADITIONAL` knows.

    >>> sorted(uncommon("他說：“café”。\\n" * 1_000))
    ['é', '說']
    """
    if text.isascii():
        return frozenset()
    return frozenset(text if len(text) < _SHORT else _pattern().findall(text))


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(ord(form) for form, simple in TRADITIONAL.items() if form != simple)
    simple = (f"{chr(low + 1)}-{chr(high - 1)}" for low, high in pairwise([0x4DFF, *forms, 0xA000]) if high - low > 1)
    return re.compile(rf"[^\0-\x7f{_MARKS}{''.join(simple)}]")
