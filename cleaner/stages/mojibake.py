"""Mojibake: text that was once read in the wrong encoding or not decoded, where that can be undone without loss."""

from collections.abc import Iterator

from cleaner import mojibake
from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.quoted_printable import remains


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Undo what :func:`cleaner.mojibake.repairs` is sure of, and what a mail's transfer encoding left.

    What is lost for good stays as it is.

    >>> [edit.replacement for edit in propose(Draft("今天的事情".encode().decode("latin-1")), Config())]
    ['今天的事情']
    >>> list(propose(Draft("曹锟与锟斤拷，烫烫的茶。"), Config()))
    []
    """
    for repair in mojibake.repairs(draft.text):
        yield from draft.replace(
            repair.start, repair.end, repair.replacement, "mojibake", "text that was read in the wrong encoding"
        )
    for start, end, replacement in remains(draft.text):
        yield from draft.replace(
            start, end, replacement, "quoted-printable", "transfer encoding of a mail that was not undone"
        )
