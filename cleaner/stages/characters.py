"""characters (to be written)."""

from collections.abc import Iterator

from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    yield from ()
