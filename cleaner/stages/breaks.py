"""Breaks: takes out the line ends the printing made, puts back those it lost."""

from collections.abc import Iterator

from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.suspicion import may_be_printed


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Name every line end and doubtful space soft or hard, and repair accordingly.

    >>> text = "天黑以前必须赶到渡口，否则就要在这边过夜了。\\n船家说，夜里的水比白天急得多。\\n"
    >>> list(propose(Draft(text), Config()))
    []
    """
    if draft.once(may_be_printed):
        from cleaner.mending import mend  # here, because clean prose needs none of the twelve modules below it

        yield from mend(draft)
