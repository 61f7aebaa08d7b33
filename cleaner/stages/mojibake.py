"""Mojibake: text that was once read in the wrong encoding, where that can be undone without loss."""

from collections.abc import Iterator

from cleaner import mojibake
from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Undo what :func:`cleaner.mojibake.repairs` is sure of; what is lost for good stays as it is.

    >>> [edit.replacement for edit in propose(Draft("今天的事情".encode().decode("latin-1")), Config())]
    ['今天的事情']
    >>> list(propose(Draft("曹锟与锟斤拷，烫烫的茶。"), Config()))
    []
    """
    for repair in mojibake.repairs(draft.text):
        yield from draft.replace(
            repair.start, repair.end, repair.replacement, "mojibake", "text that was read in the wrong encoding"
        )
