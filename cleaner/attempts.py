"""The readings of a document as printed that come into question, and the best of those that convince."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from cleaner import evidence
from cleaner.case import Case
from cleaner.draft import Draft
from cleaner.layout_gate import fault_of
from cleaner.layout_search import NARROWEST, sample, search
from cleaner.physical import SOFT, Reading
from cleaner.pieces import Piece, split_at_spaces
from cleaner.suspicion import wide_gaps
from cleaner.titles import join_headings, join_title


class Attempt(NamedTuple):
    """A reading of a document as printed, whether it convinces or not."""

    case: Case
    reading: Reading
    gain: float
    """Nats by which it explains the document better than "the author ended every line"."""
    fault: str
    """Why it does not convince; "" if it does."""


def convincing(found: Iterable[Attempt]) -> Attempt | None:
    """The best attempt of those that convince, with titles and headings of several lines put together."""
    best = best_of(found)
    if best:
        join_title(best.case.pieces, best.case.joined, best.reading)
        join_headings(best.case.pieces, best.reading)
    return best


def best_of(found: Iterable[Attempt]) -> Attempt | None:
    """The attempt that explains most of those that convince."""
    return max((each for each in found if not each.fault), key=lambda each: each.gain, default=None)


def attempts(draft: Draft, lines: list[Piece]) -> Iterator[Attempt]:
    """The readings that come into question: with the ``lines`` as they are, and with spaces as line ends too."""
    heads = [draft.source[edit.start : edit.end] for edit in draft.edits if edit.rule.startswith("running-")]
    for case, flat in _cases(draft, lines, heads):
        few = sample(case.pieces)
        layout = search(case if few is case.pieces else replace(case, pieces=few), flat)
        # A second measure may be what makes a reading implausible: then the first alone is asked.
        for option in dict.fromkeys((layout, layout._replace(other=0))) if layout else ():
            reading = case.read(option)
            gain = case.null(option) - reading.cost
            fault = fault_of(reading, case.pieces, gain)
            yield Attempt(case, reading, gain, fault)
            if not fault:
                # Line ends are newlines here: the few spaces between Han are not the rest of them. (To see whether
                # they are takes as long as all that went before.)
                if not flat and draft.once(wide_gaps) * 2 < reading.breaks.count(SOFT):
                    return
                break


def _cases(draft: Draft, lines: list[Piece], heads: list[str]) -> Iterator[tuple[Case, bool]]:
    habits = evidence.interior(sample(lines))
    yield Case(lines, habits, heads), False
    wide = [line for line in lines if line.width > NARROWEST and line.latin < line.width / 2]
    if any(" " in line.text or "\u3000" in line.text for line in wide):
        pieces = split_at_spaces(draft, lines, NARROWEST)
        yield Case(pieces, habits, heads), True
