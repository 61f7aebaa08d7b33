"""The readings of a document as printed that come into question, and the best of those that convince."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import inf
from typing import NamedTuple

from cleaner import evidence
from cleaner.case import Case
from cleaner.draft import Draft
from cleaner.layout_gate import fault_of
from cleaner.layout_search import NARROWEST, sample, search
from cleaner.measured import Layout
from cleaner.physical import SOFT, Reading
from cleaner.pieces import Piece, split_at_spaces
from cleaner.suspicion import wide_gaps
from cleaner.titles import join_headings, join_title


class Attempt(NamedTuple):
    """A reading of a document as printed, whether it convinces or not."""

    case: Case
    reading: Reading
    gain: float
    """Nats by which it explains the document better than "the author ended every line"; at least so many if its case
    is a sparing one."""
    fault: str
    """Why it does not convince; "" if it does."""


def convincing(found: Iterable[Attempt]) -> Attempt | None:
    """The best attempt of those that convince, with titles and headings of several lines put together."""
    best = best_of(found)
    if best:
        join_title(best.case.pieces, best.case.words, best.reading)
        join_headings(best.case.pieces, best.reading)
    return best


def best_of(found: Iterable[Attempt]) -> Attempt | None:
    """The attempt that explains most of those that convince."""
    return max((each for each in found if not each.fault), key=lambda each: each.gain, default=None)


def attempts(draft: Draft, lines: list[Piece], *, sparing: bool = True) -> Iterator[Attempt]:
    """The readings that come into question: with the ``lines`` as they are, and with spaces as line ends too.

    ``sparing`` is whether a long document may be read without looking up words that change nothing.
    """
    heads = [draft.source[edit.start : edit.end] for edit in draft.edits if edit.rule.startswith("running-")]
    rival = False
    for case, flat in _cases(draft, lines, heads):
        few = sample(case.pieces)
        if few is case.pieces:
            layout = search(case, flat)
        else:
            layout = search(replace(case, pieces=few), flat)
            case.sparing = sparing
        # A second measure may be what makes a reading implausible: then the first alone is asked.
        for option in dict.fromkeys((layout, layout._replace(other=0))) if layout else ():
            attempt = _attempt(case, option)
            if not (attempt.fault or flat) and draft.once(wide_gaps) * 2 < attempt.reading.breaks.count(SOFT):
                # Line ends are newlines here: the few spaces between Han are not the rest of them. (To see whether
                # they are takes as long as all that went before.)
                yield attempt
                return
            if not attempt.fault and (rival or not flat):
                rival = True
                attempt = _attempt(replace(case, sparing=False), option)  # which gains more is not told otherwise
            yield attempt
            if not attempt.fault:
                break


def _attempt(case: Case, layout: Layout) -> Attempt:
    reading = case.read(layout)
    gain = case.null(layout) - reading.cost
    fault = fault_of(reading, case.pieces, gain)
    if fault and case.sparing and not fault_of(reading, case.pieces, inf):
        return _attempt(replace(case, sparing=False), layout)  # words may make the difference
    if not fault and layout.shards:
        # Parts of lines that are put together until they fit prove nothing.
        fault = _attempt(case, layout._replace(shards=0.0)).fault
    return Attempt(case, reading, gain, fault)


def _cases(draft: Draft, lines: list[Piece], heads: list[str]) -> Iterator[tuple[Case, bool]]:
    habits = evidence.interior(sample(lines))
    yield Case(lines, habits, heads), False
    wide = [line for line in lines if line.width > NARROWEST and line.latin < line.width / 2]
    if any(" " in line.text or "\u3000" in line.text for line in wide):
        pieces = split_at_spaces(draft, lines, NARROWEST)
        yield Case(pieces, habits, heads), True
