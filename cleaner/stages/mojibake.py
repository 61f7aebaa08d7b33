"""Mojibake: text that was once read in the wrong encoding, where that can be undone without loss."""

from collections.abc import Iterator

from cleaner import mojibake
from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Undo what :func:`cleaner.mojibake.repairs` is sure of; what is lost for good stays as it is.

    >>> [edit.replacement for edit in propose(Draft("浣犲ソ锛屼笘鐣\\u5c83紒"), Config())]
    []
    """
    for repair in mojibake.repairs(draft.text):
        yield from draft.replace(
            repair.start, repair.end, repair.replacement, "mojibake", "text that was read in the wrong encoding"
        )
