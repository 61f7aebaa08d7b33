"""Suspicion: whether a printer may have broken the lines of a document at all."""

from itertools import islice

from cleaner.draft import Draft
from cleaner.patterns import lazy_plain

WIDEST = 240
"""A3 across in 8 points has so many cells, and no page more. Longer lines are paragraphs."""
BEYOND = 1.15
"""So much beyond the width, and a line was not set to it."""

# What ends a sentence, a clause or a quotation: see pieces.end_class.
_ENDED = frozenset("。！？!?…．.”’」』）》〉】〕\"')]；;：:，、—,～~")
# A gap by the character it begins with: the engine scans for one ten times as fast as for a class.
_WIDE_GAPS = {
    blank: lazy_plain(rf"{blank}(?<=[^\x00-\xff\u3000].)[ \t\u3000\u00a0]*(?=[^\x00-\xff\u3000])")
    for blank in " \t\u3000\u00a0"
}
# UTF-8 and GB 18030 know no character of more bytes.
_BYTES = 4


def may_be_printed(draft: Draft) -> bool:
    """Whether a printer may have ended lines at all: a cheap test that spares most clean prose the search.

    A printer ends most lines in mid-sentence and leaves hardly any that is longer than a page is wide. (A megabyte of
    clean prose takes 3 ms here, and 250 in the search.)

    >>> may_be_printed(Draft("天黑了，对岸有人\\n喊他的名字。\\n")), may_be_printed(Draft("天黑了。\\n他走了。\\n"))
    (True, False)
    """
    if draft.removals or "\f" in draft.text:
        return True
    texts = [text for line in draft.lines() if (text := line.text.rstrip())]
    ended = [text for text in texts if text[-1] in _ENDED and not (text[-1] == "." and text[-2:-1].isdigit())]
    broken = len(texts) - len(ended) + draft.once(wide_gaps)
    # In prose there is soon one too many of these: the rest need not be looked at, which halves the time.
    long = islice((text for text in ended if _takes_more(text, BEYOND * WIDEST)), broken + 1)
    return 0 < broken >= sum(1 for _ in long)


def _takes_more(text: str, size: float) -> bool:
    """Whether ``text`` takes more bytes in GB 18030: one for a narrow character, two for nearly every wide one."""
    if len(text) * _BYTES <= size or len(text) > size:
        return len(text) > size
    narrow = len(text.encode("ascii", "ignore"))  # this codec takes a fifth of the time of the other
    return 2 * len(text) - narrow > size or len(text.encode("gb18030", "replace")) > size


def wide_gaps(draft: Draft) -> int:
    """How many spaces stand between wide characters."""
    if draft.text.isascii():
        return 0
    return sum(1 for blank, gap in _WIDE_GAPS.items() if blank in draft.text for _ in gap.finditer(draft.text))
