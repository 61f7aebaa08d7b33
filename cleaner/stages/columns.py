"""Columns: puts one after the other what was printed side by side and read line by line across the page."""

from collections.abc import Iterator

from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.gutters import may_have_columns

RULE = "side-by-side"
_REASON = "columns printed side by side are read one after the other"


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Put the columns of every page in the order in which they are read.

    >>> list(propose(Draft("岑夫子    丹丘生\\n将进酒    杯莫停\\n" * 8), Config()))    # a poem
    []
    """
    if may_have_columns(draft):
        from cleaner.reading_order import columns  # here, because hardly a text has any

        for start, end, text in columns(draft):
            yield from draft.replace(start, end, text, RULE, _REASON)
