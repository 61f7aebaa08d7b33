"""The stages in their order, and ``clean``: the only file that knows the order."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

from cleaner.config import DEFAULT, Config
from cleaner.decode import Decoded, decode
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.page_numbers import Pages, page_numbers
from cleaner.stages import (
    ads,
    breaks,
    characters,
    chrome,
    columns,
    copy_protection,
    letter_spacing,
    line_ends,
    markup,
    mojibake,
    own,
    pages,
    paragraphs,
    site_notes,
    spaces,
)
from cleaner.subject import is_source
from cleaner.typed import typed

if TYPE_CHECKING:
    from cleaner.guard import Guarded

Stage = Callable[[Draft, Config], Iterable[Edit | own.Overrun]]

STAGES: tuple[tuple[str, Stage], ...] = (
    ("mojibake", mojibake.propose),
    # Invisible characters before the rest: a zero-width space must not hide a marker from the later stages.
    ("characters", characters.propose),
    # Before anything looks at lines: all that follows sees them in the order in which they are read.
    ("columns", columns.propose),
    # What the user names goes first of what can be seen, before anything else has changed the words he knows it by.
    ("own", own.propose),
    # What stands between the author's characters hides words from all that follows.
    ("copy-protection", copy_protection.propose),
    ("markup", markup.propose),
    # The later stages look for words, and know how wide a line is.
    ("letter-spacing", letter_spacing.propose),
    # Page markers go before breaks: a marker must be out of the way before the sentence it splits
    # can be seen to run on.
    ("pages", pages.propose),
    # Whole blocks before the sentences in them that read as ads.
    ("site-notes", site_notes.propose),
    # An ad on lines of its own was put between finished lines: out of the way too.
    ("ads", ads.propose),
    ("chrome", chrome.propose),
    ("breaks", breaks.propose),
    # An ad inside a paragraph was often printed with it: it counts while widths are measured, and
    # its sentence is whole only now.
    ("own", own.propose_inside),
    ("ads", ads.propose_inside),
    # A word split by a space is told from two words only when the lines are joined and the ads gone.
    ("spaces", spaces.propose),
    ("paragraphs", paragraphs.propose),
    ("line-ends", line_ends.propose),
)
# What these take or join may be the author's in a document that he typed as Markdown or the like.
_OF_LINES = {"columns", "letter-spacing", "pages", "breaks", "spaces"}
_OF_SITES = {"copy-protection", "pages", "site-notes", "ads", "chrome"}
# What these change is nobody's damage in a program, a page or data; markup is judged by its own rules there.
_OF_TEXT = _OF_LINES | _OF_SITES | {"mojibake", "characters"}
# Stages that move text; what comes after them works on the text in its new order.
_MOVING = {"columns"}


@dataclass(frozen=True, slots=True)
class Result:
    """A cleaned document and how it came about."""

    text: str
    """The cleaned text."""
    source: str
    """The decoded original; the edits' offsets refer to it."""
    edits: tuple[Edit, ...]
    """In order, without overlap: ``apply(source, edits) == text``."""
    skipped: tuple[Edit, ...]
    """Edits that were proposed and not made, because another already had their place."""
    decoded: Decoded | None
    """How the bytes were read; None if ``clean`` was given text."""
    guarded: "Guarded | None" = None
    """Why the document was passed through unchanged, its edits all in ``skipped``; None if it was not."""
    warnings: tuple[str, ...] = ()
    """What could not be done as asked: rules of the user's own that took too long in this document."""

    @property
    def encoding(self) -> str | None:
        """The encoding of the bytes, as Python names it; None if ``clean`` was given text."""
        return self.decoded.encoding if self.decoded else None

    @property
    def pages(self) -> Pages | None:
        """The page numbers that were taken out, and which are missing; None if none were."""
        return page_numbers(self.source, self.edits)


def clean(source: str | bytes, config: Config = DEFAULT) -> Result:
    """Give back the document inside ``source``.

    Bytes are decoded first; their encoding is found out unless ``config`` names it. Raises
    :class:`cleaner.DecodeError` for bytes that are no text, for an unknown encoding, and with ``config.strict``
    for a damaged text.

    >>> clean("他说：\\u200b好。\\n").text
    '他说：好。\\n'
    >>> clean("- 12 -\\n").edits    # one number proves nothing
    ()
    """
    decoded = decode(source, config.encoding, strict=config.strict) if isinstance(source, bytes) else None
    text = decoded.text if decoded else str(source)
    draft, skipped, warnings = _staged(text, config, STAGES)
    edits = draft.all_edits
    guarded = _guarded(draft, config)
    if guarded:
        return Result(text, text, (), (*edits, *skipped), decoded, guarded, tuple(warnings))
    return Result(draft.text, text, edits, tuple(skipped), decoded, warnings=tuple(warnings))


def _guarded(draft: Draft, config: Config) -> "Guarded | None":
    """Why the edits must not be made, if they must not; what was moved before them is not lost."""
    if config.guard is None or not draft.edits:
        return None
    from cleaner import guard  # here, because a clean text has nothing to lose

    return guard.judge(draft.source, draft.edits, config.guard)


def before(stage: str, source: str, config: Config = DEFAULT) -> Draft:
    """The draft of ``source`` as the stage of this name sees it first."""
    names = [name for name, _ in STAGES]
    return _staged(source, config, STAGES[: names.index(stage)])[0]


def _staged(source: str, config: Config, stages: Iterable[tuple[str, Stage]]) -> tuple[Draft, list[Edit], list[str]]:
    """The draft after ``stages``, the edits that were refused, and what is to be told."""
    end = line_ends.line_end(source, config.newline)
    original = draft = Draft(source)
    skipped: list[Edit] = []
    warnings: list[str] = []
    typing = typed(source)
    only_stages = config.only and config.only <= {name for name, _ in STAGES}
    for name, stage in stages:
        if name in config.skip or (only_stages and name not in config.only):
            continue
        if typing.lines and name in _OF_LINES:
            continue
        proposed = list(stage(draft, config))
        for overrun in (each for each in proposed if isinstance(each, own.Overrun)):
            warnings.append(overrun.warning)
            config = replace(config, skip=config.skip | {overrun.rule})
        proposals = [each for each in proposed if isinstance(each, Edit) and config.wants(name, each.rule)]
        if proposals and name in _OF_TEXT and original.once(is_source):
            continue
        if typing.spans and name in _OF_SITES:
            proposals = [edit for edit in proposals if not typing.holds(edit)]
        if proposals:
            edits, refused = _settle(draft.edits, proposals, end)
            skipped += refused if draft.below is None else _in_source(refused, draft.below)
            draft = Draft(draft.source, edits, draft.below)
            if name in _MOVING:
                draft = draft.moved()
    return draft, skipped, warnings


def _in_source(edits: Iterable[Edit], below: Draft) -> Iterable[Edit]:
    """Edits of the text of ``below``, as edits of its source."""
    for edit in edits:
        yield from below.replace(edit.start, edit.end, edit.replacement, edit.rule, edit.reason)


def _settle(earlier: Iterable[Edit], proposals: list[Edit], line_end: str) -> tuple[list[Edit], list[Edit]]:
    """Add ``proposals`` to the edits of earlier stages: who comes first keeps a place, the loser is returned apart.

    An earlier replacement wholly inside a proposal gives way: the stage has seen it and goes further.
    """
    proposals = [
        replace(edit, replacement=edit.replacement.replace("\n", line_end)) if "\n" in edit.replacement else edit
        for edit in proposals
    ]
    proposals.sort(key=_in_order)  # a third of the time of comparing edits with one another
    accepted: list[Edit] = []
    refused: list[Edit] = []
    rest = deque(earlier)
    end = 0
    for edit in proposals:
        while rest and rest[0].end <= edit.start:
            accepted.append(rest.popleft())
        # As a rule there is none, and most of the time went into finding that out.
        inside = list(takewhile(partial(_starts_before, edit.end), rest)) if rest and rest[0].start < edit.end else []
        if edit.start < end or (inside and not all(_gives_way(other, edit) for other in inside)):
            refused.append(edit)
            continue
        for _ in inside:
            rest.popleft()
        accepted.append(edit)
        end = edit.end
    return [*accepted, *rest], refused


_in_order = attrgetter("start", "end", "replacement", "rule", "reason")


def _starts_before(offset: int, edit: Edit) -> bool:
    return edit.start < offset


def _gives_way(earlier: Edit, later: Edit) -> bool:
    return bool(earlier.replacement) and later.start <= earlier.start and earlier.end <= later.end
