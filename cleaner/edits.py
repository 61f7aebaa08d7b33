"""The edit: the only way text changes."""

from collections.abc import Iterable
from dataclasses import dataclass

from cleaner.errors import CleanerError


class EditError(CleanerError):
    """Edits that overlap, are out of order or point outside the text."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace ``source[start:end]``, because of a rule.

    Offsets are characters of the source (the decoded original). Whether an edit deletes or
    replaces is read off ``replacement``, never stored.
    """

    start: int
    end: int
    replacement: str
    rule: str
    """What users see and switch off: kebab-case, stable from release to release."""
    reason: str
    """Why, as constant text, so that edits can be counted by it."""


def apply(source: str, edits: Iterable[Edit]) -> str:
    """Return ``source`` with ``edits`` carried out.

    ``edits`` must be in order and must not overlap; otherwise :class:`EditError` is raised
    and nothing is changed.

    >>> apply("第一\\n段", [Edit(2, 3, "", "soft-break", "the line was full")])
    '第一段'
    >>> apply("第一段", [Edit(0, 2, "", "a", ""), Edit(1, 3, "", "b", "")])
    Traceback (most recent call last):
        ...
    cleaner.edits.EditError: edit 1:3 (b) overlaps the one before it, which ends at 2
    """
    pieces: list[str] = []
    position = 0
    for edit in edits:
        if edit.start < position:
            raise EditError(
                f"edit {edit.start}:{edit.end} ({edit.rule}) overlaps the one before it, which ends at {position}"
            )
        if not edit.start <= edit.end <= len(source):
            raise EditError(
                f"edit {edit.start}:{edit.end} ({edit.rule}) is outside a text of {len(source)} characters"
            )
        pieces.append(source[position : edit.start])
        pieces.append(edit.replacement)
        position = edit.end
    pieces.append(source[position:])
    return "".join(pieces)


def invert(source: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits that turn ``apply(source, edits)`` back into ``source``.

    >>> edits = [Edit(2, 3, "", "soft-break", "the line was full")]
    >>> apply("第一段", invert("第一\\n段", edits))
    '第一\\n段'
    """
    inverse: list[Edit] = []
    drift = 0
    for edit in edits:
        start = edit.start + drift
        inverse.append(
            Edit(start, start + len(edit.replacement), source[edit.start : edit.end], edit.rule, edit.reason)
        )
        drift += len(edit.replacement) - (edit.end - edit.start)
    return tuple(inverse)
