"""The edit: the only way text changes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

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


def compose(source: str, first: Sequence[Edit], then: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits of ``source`` that do what ``first`` does, and on the text this gives what ``then`` does.

    Edits that overlap become one, under the name of the longest of them.

    >>> moved = [Edit(0, 3, "乙\\n甲", "side-by-side", "")]
    >>> joined = [Edit(1, 2, "", "soft-break", ""), Edit(3, 4, "", "soft-break", "")]
    >>> for edit in compose("甲 乙\\n丙", moved, joined):
    ...     print(edit.start, edit.end, repr(edit.replacement), edit.rule)
    0 3 '乙甲' side-by-side
    3 4 '' soft-break
    """
    text = apply(source, first)
    composed: list[Edit] = []
    growth = 0  # by how much the text before is longer than the source
    for group in _overlapping(first, invert(source, first), then):
        start, end = group[0].start, max(change.end for change in group)
        later = [replace(each.edit, start=each.start - start, end=each.end - start) for each in group if each.later]
        name = max((change.edit for change in group), key=lambda edit: edit.end - edit.start)
        before, growth = growth, growth + sum(change.growth for change in group)
        composed.append(
            replace(name, start=start - before, end=end - growth, replacement=apply(text[start:end], later))
        )
    return tuple(composed)


class _Change(NamedTuple):
    """An edit and where it shows in the text between."""

    start: int
    end: int
    later: bool
    growth: int
    """By how much it has made that text longer."""
    edit: Edit


def _overlapping(first: Iterable[Edit], shown: Iterable[Edit], then: Iterable[Edit]) -> Iterator[list[_Change]]:
    """The edits in groups that have to become one; such as only touch stay apart."""
    changes = [
        _Change(at.start, at.end, False, len(edit.replacement) - (edit.end - edit.start), edit)
        for edit, at in zip(first, shown, strict=True)
    ]
    changes += [_Change(edit.start, edit.end, True, 0, edit) for edit in then]
    group: list[_Change] = []
    end = 0
    for change in sorted(changes, key=lambda change: change[:3]):
        if group and change.start >= end:
            yield group
            group = []
        group.append(change)
        end = max(end, change.end) if len(group) > 1 else change.end
    if group:
        yield group
