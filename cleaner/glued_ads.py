"""Ads glued into a line: which of its sentences, brackets and pieces between spaces are ads."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from cleaner.patterns import lazy
from cleaner.promotion import BESIDE, COVERED, LONGEST, PURE, Hit, Unit, add_up, item_points
from cleaner.shadow import Shadow

# An ad inside a sentence has seldom more than a dozen pieces of evidence; more would only cost time.
_MOST_HITS = 16

_CLOSERS = "”’」』）)】]》\"'"
SENTENCE_END = lazy(rf"[。！？!?…]+[{regex.escape(_CLOSERS)}]*+")
FINISHED = lazy(rf"(?:[。！？!?…]|[a-z]\.)[{regex.escape(_CLOSERS)}]*+\W{{0,6}}$")
_BRACKETS = lazy(
    r"【[^【】]{1,120}+】|（[^（）]{1,120}+）|\([^()]{1,120}+\)|\[[^\[\]]{1,120}+\]|〔[^〔〕]{1,120}+〕"
    r"|〖[^〖〗]{1,120}+〗|⟪[^⟪⟫]{1,120}+⟫|([★☆♥♡◆●■※♦✦▲])(?!\1)[^\n。]{4,100}\1"
)


def last_sentence(text: str) -> int:
    """Where the last, unfinished sentence of ``text`` starts."""
    ends = [found.end() for found in SENTENCE_END.finditer(text)]
    return ends[-1] if ends else 0


def sentences(text: str, hits: Sequence[Hit]) -> list[tuple[int, int]]:
    """The sentences of a line; a bracket with an ad in it is one, a full stop in an address ends none."""
    held = sorted((hit.start, hit.end) for hit in hits if hit.kind in ("address", "obfuscation", "ad"))
    starts = [start for start, _ in held]
    cuts = {0, len(text)}
    for found in SENTENCE_END.finditer(text):
        index = bisect_right(starts, found.start()) - 1
        if index < 0 or held[index][1] < found.end():
            cuts.add(found.end())
    every = [hit.start for hit in hits]
    for found in _BRACKETS.finditer(text):
        index = bisect_left(every, found.start())
        inner = [hit for hit in hits[index : index + 12] if hit.end <= found.end()]
        if inner and add_up(text, found.start(), found.end(), inner).is_ad:
            cuts = {cut for cut in cuts if not found.start() < cut < found.end()} | {found.start(), found.end()}
    ordered = sorted(cuts)
    return [pair for pair in pairwise(ordered) if pair[0] < pair[1]]


def glued_ads(part: Shadow, hits: Sequence[Hit]) -> Iterator[Unit]:
    """The ads inside a line, in order."""
    text = part.text
    starts = [hit.start for hit in hits]
    units: list[Unit] = []
    for start, end in sentences(text, hits):
        here = hits[bisect_left(starts, start) : bisect_left(starts, end)]
        units.append(add_up(text, start, end, here))
    for index, unit in enumerate(units):
        beside = [units[other] for other in (index - 1, index + 1) if 0 <= other < len(units)]
        if (unit.end - unit.start <= LONGEST and unit.is_ad) or _belongs(unit, beside):
            yield unit
        elif item_points(text[unit.start : unit.end]) < BESIDE:
            yield from _pieces(part, unit, hits[bisect_left(starts, unit.start) : bisect_left(starts, unit.end)])


def _belongs(unit: Unit, beside: Sequence[Unit]) -> bool:
    """Whether a sentence goes on with the ad beside it."""
    return unit.score >= BESIDE and unit.covered >= COVERED and any(other.is_ad for other in beside)


def _pieces(part: Shadow, unit: Unit, hits: Sequence[Hit]) -> Iterator[Unit]:
    """Ads glued into a sentence: between spaces, or an obfuscated address by itself."""
    text = part.text
    gaps = [at for at in range(unit.start + 1, unit.end) if part.offsets[at] - part.offsets[at - 1] > 1]
    bounds = [unit.start, *gaps, unit.end]
    starts = [hit.start for hit in hits]
    at = tried = unit.start
    for index, hit in enumerate(hits):
        if hit.start < at:
            continue
        first = bounds[max(0, bisect_right(bounds, hit.start) - 1)]
        if gaps and first >= at and (first > tried or index == 0):
            tried = first
            near = hits[index : min(index + _MOST_HITS, bisect_left(starts, first + LONGEST))]
            piece = _longest_piece(text, first, bounds, near)
            if piece:
                yield piece
                at = piece.end
        if hit.kind == "obfuscation" and hit.start >= at:
            yield _around(text, hit)
            at = hit.end


def _longest_piece(text: str, first: int, bounds: Sequence[int], near: Sequence[Hit]) -> Unit | None:
    """The longest ad from ``first`` to a space."""
    ends = {bounds[min(len(bounds) - 1, bisect_left(bounds, hit.end))] for hit in near}
    for last in sorted(ends, reverse=True):
        if last - first <= LONGEST:
            piece = add_up(text, first, last, near)
            if piece.is_ad and piece.covered >= PURE:
                return piece
    return None


def _around(text: str, hit: Hit) -> Unit:
    """The address with the bracket it stands in."""
    start, end = hit.start, hit.end
    for bracket in _BRACKETS.finditer(text, max(0, start - 120), min(len(text), end + 120)):
        if bracket.start() <= start and end <= bracket.end():
            start, end = bracket.span()
    return Unit(start, end, 6, frozenset({"obfuscation"}), 1.0, 0, 0, hit.rule)
