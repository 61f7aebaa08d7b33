"""Suspicion: whether a printer may have broken the lines of a document at all."""

from cleaner.draft import Draft
from cleaner.patterns import lazy_plain

WIDEST = 240
"""A3 across in 8 points has so many cells, and no page more. Longer lines are paragraphs."""
BEYOND = 1.15
"""So much beyond the width, and a line was not set to it."""

# What ends a sentence, a clause or a quotation: see pieces.end_class.
_ENDED = frozenset("。！？!?…．.”’」』）》〉】〕\"')]；;：:，、—,～~")
# A pattern that begins with the rare character is a third as dear as one that begins with the frequent one.
_WIDE_GAP = lazy_plain(r"[ \t\u3000\u00a0](?<=[^\x00-\xff\u3000].)[ \t\u3000\u00a0]*(?=[^\x00-\xff\u3000])")
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
    too_long = BEYOND * WIDEST
    bare = long = 0
    for line in draft.lines():
        text = line.text.rstrip()
        last = text[-1:]
        if last not in _ENDED or (last == "." and text[-2:-1].isdigit()):
            bare += bool(last)
        elif len(text) * _BYTES > too_long:
            # A byte for a narrow character, two for a wide one.
            long += len(text) > too_long or len(text.encode("gb18030", "replace")) > too_long
    return 0 < bare >= long or 0 < bare + draft.once(wide_gaps) >= long


def wide_gaps(draft: Draft) -> int:
    """How many spaces stand between wide characters."""
    return 0 if draft.text.isascii() else sum(1 for _ in _WIDE_GAP.finditer(draft.text))
