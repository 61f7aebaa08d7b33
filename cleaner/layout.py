"""How a document was printed, inferred from the whole of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise
from math import log
from typing import Any, NamedTuple

from cleaner import evidence
from cleaner.draft import Draft
from cleaner.evidence import Costs, Habits
from cleaner.patterns import lazy_plain
from cleaner.physical import HARD, INLINE, SOFT, Layout, Reading, inline_cost, read
from cleaner.pieces import NEVER_FIRST, NUMBERING, Piece, is_han, of_lines, split_at_spaces
from cleaner.structure import is_code, structured
from cleaner.titles import join_headings, join_title
from cleaner.words import common_pairs

# A narrower measure is a list or verse, not a printed page.
_NARROWEST = 22
# Nor is a wider one: A3 across in 8 points has 240 cells. Longer lines are paragraphs.
_WIDEST = 240
# So much beyond the width, and a line was not set to it.
_BEYOND = 1.15
# The layout is chosen on so many pieces: two hundred lines tell the width as well as twenty thousand.
_SAMPLE = 400
# Nats by which a layout must explain the document better than "the author ended every line": 6 is odds of
# 400 to 1. Measured gaps are tens of nats in printed documents and below zero in others.
_GAIN = 6.0
# So many breaks between Han characters would split a word at least once but for one time in a hundred.
_MANY = 12
# Soft breaks without which nothing was printed.
_LEAST = 2
# Soft breaks that are no coincidence; fewer if they are between Han, where a list or a record ends no line.
_SEVERAL = 6
_MID_SENTENCE = 3
_STOP = lazy_plain("[。！？!?.；]")
# Marks that titles do not have.
_INNER = lazy_plain("[，。；！？]")
# A line that left so many cells more than the next token needs was ended by its author.
_EARLY = 3
# In cells: what is longer is taken for a paragraph where nothing else tells one from a heading.
_PARAGRAPH = 36
# The heading of a chapter may be a couplet.
_TITLE = 72
_NUMBERED_PARAGRAPH = 72
# Nats: odds of 3 to 1 suffice beside removed material, where half the breaks are not the author's.
_CUT_GAIN = 1.0
# Words split by line ends that are no coincidence.
_SPLIT_WORDS = 2
# Lines that may show another measure.
_FEW = 4
# Nats: the lines of authors that end bare are headings, and so numbered or short, nine times out of ten.
_LONG_AND_BARE = 1.5
# Cells between two line ends beyond which no author's paragraph goes.
_MERGED = 1000
# Text that may show a layout of its own, in cells (four lines of a narrow page) and as a share of the document: so no
# more than twenty stretches are searched.
_REST, _PART = 200, 0.05
# The share of its lines that must end in mid-sentence or hold a space.
_DOUBTFUL = 0.4
# A layout with one more peculiarity must pay for it.
_SWITCH = 2.0


@dataclass(frozen=True)
class Case:
    """The pieces of a document (or of a sample of it) with all that does not depend on the layout."""

    pieces: Sequence[Piece]
    habits: Habits
    """What is assumed before the first reading."""
    heads: Sequence[str] = ()
    """The running heads that were removed: one often holds the whole title."""

    @cached_property
    def indented(self) -> list[bool]:
        """Whether each piece stands further in than what is before it."""
        return evidence.indents(self.pieces)

    @cached_property
    def joined(self) -> list[float]:
        """The evidence of words that span a break."""
        return evidence.words_across(self.pieces, self.heads)

    @cached_property
    def usual(self) -> Costs:
        """The costs of every break before anything has been read."""
        return self.costs(self.habits)

    def costs(self, habits: Habits) -> Costs:
        """The costs of every break with these habits."""
        return evidence.costs(self.pieces, habits, self.joined, self.indented)

    def relearn(self, reading: Reading) -> Habits:
        """What ``reading`` shows of this document's habits."""
        hard = [kind == HARD for kind in reading.breaks]
        sure = [
            not is_hard or slack > piece.token + _EARLY
            for is_hard, slack, piece in zip(hard, reading.slack, self.pieces, strict=True)
        ]
        return evidence.relearn(self.pieces, evidence.Named(hard, reading.first, sure), self.habits, self.indented)

    def read(self, layout: Layout) -> Reading:
        """Read twice: with what is usual, then with what the first reading showed."""
        if layout not in self._readings:  # a search comes by the same layout more than once
            self._readings[layout] = read(self.pieces, self.costs(self.learnt(layout)), layout)
        return self._readings[layout]

    @cached_property
    def _readings(self) -> dict[Layout, Reading]:
        return {}

    def learnt(self, layout: Layout) -> Habits:
        """What the first reading with this layout shows of the document's habits."""
        return self.relearn(read(self.pieces, self.usual, layout))

    def null(self, layout: Layout) -> float:
        """What it costs to take every line end and every space for the author's, habits relearnt for that."""
        hard = [not piece.space for piece in self.pieces]
        costs = self.costs(evidence.relearn(self.pieces, _all_hard(hard), self.habits, self.indented))
        spread = log(layout.width) - 0.5
        total = spread
        for index, (before, after) in enumerate(pairwise(self.pieces), 1):
            if hard[index]:
                total += costs.hard_first[index] + spread
            else:
                total += costs.soft[index] + inline_cost(before, after)
        return total


def _all_hard(hard: list[bool]) -> evidence.Named:
    return evidence.Named(hard, [True] * len(hard), [True] * len(hard))


class Attempt(NamedTuple):
    """A reading of a document as printed, whether it convinces or not."""

    case: Case
    reading: Reading
    gain: float
    """Nats by which it explains the document better than "the author ended every line"."""
    fault: str
    """Why it does not convince; "" if it does."""


def infer(draft: Draft) -> tuple[Reading | None, Sequence[Piece]]:
    """Read ``draft`` in the layout that explains it best, or None if nothing shows that a printer broke its lines."""
    if not may_be_printed(draft):
        return None, ()
    lines = of_lines(draft)
    if not lines or is_structured(draft):
        return None, lines
    best = convincing(attempts(draft, lines))
    if best:
        return _with_the_rest(draft, lines, best)
    return _by_length(draft, lines) or (across_cuts(lines), lines)


def is_structured(draft: Draft) -> bool:
    """Whether the line ends of ``draft`` carry its structure, so that no printer is looked for."""
    texts = [line.text for line in draft.lines() if not line.blank]
    return structured(texts) or (is_code(texts) and not _splits_words(of_lines(draft)))


def convincing(attempts: Iterable[Attempt]) -> Attempt | None:
    """The best of those ``attempts`` that convince, with titles and headings of several lines put together."""
    best = _best(attempts)
    if best:
        join_title(best.case.pieces, best.case.joined, best.reading)
        join_headings(best.case.pieces, best.reading)
    return best


def _best(attempts: Iterable[Attempt]) -> Attempt | None:
    return max((each for each in attempts if not each.fault), key=lambda each: each.gain, default=None)


def attempts(draft: Draft, lines: list[Piece]) -> Iterator[Attempt]:
    """The readings that come into question: with the ``lines`` as they are, and with spaces as line ends too."""
    heads = [draft.source[edit.start : edit.end] for edit in draft.edits if edit.rule.startswith("running-")]
    for case, flat in _cases(draft, lines, heads):
        layout = _search(replace(case, pieces=_sample(case.pieces)), flat)
        # A second measure may be what makes a reading implausible: then the first alone is asked.
        for option in dict.fromkeys((layout, layout._replace(other=0))) if layout else ():
            reading = case.read(option)
            gain = case.null(option) - reading.cost
            fault = _fault(reading, case.pieces, gain)
            yield Attempt(case, reading, gain, fault)
            if not fault:
                # Line ends are newlines here: the few spaces between Han are not the rest of them. (To see whether
                # they are takes as long as all that went before.)
                if not flat and _wide_gaps(draft) * 2 < reading.breaks.count(SOFT):
                    return
                break


# What ends a sentence, a clause or a quotation: see pieces.end_class.
_ENDED = frozenset("。！？!?…．.”’」』）》〉】〕\"')]；;：:，、—,～~")
_WIDE_GAP = lazy_plain(r"[^\x00-\xff\u3000][ \t\u3000\u00a0]+(?=[^\x00-\xff\u3000])")


def may_be_printed(draft: Draft) -> bool:
    """Whether a printer may have ended lines at all: a cheap test that spares most clean prose the search.

    A printer ends most lines in mid-sentence and leaves hardly any that is longer than a page is wide. (A megabyte of
    clean prose takes 3 ms here, and 250 in the search.)

    >>> may_be_printed(Draft("天黑了，对岸有人\\n喊他的名字。\\n")), may_be_printed(Draft("天黑了。\\n他走了。\\n"))
    (True, False)
    """
    if draft.removals or "\f" in draft.text:
        return True
    too_long = _BEYOND * _WIDEST
    bare = long = 0
    for line in draft.lines():
        text = line.text.rstrip()
        last = text[-1:]
        if last not in _ENDED or (last == "." and text[-2:-1].isdigit()):
            bare += bool(last)
        elif len(text.encode("gb18030", "replace")) > too_long:  # a byte for a narrow character, two for a wide one
            long += 1
    breaks = bare + _wide_gaps(draft)
    return breaks > 0 and long <= breaks


def _wide_gaps(draft: Draft) -> int:
    """How many spaces stand between wide characters."""
    return sum(1 for _ in _WIDE_GAP.finditer(draft.text))


Read = tuple[Reading, Sequence[Piece]]


def _with_the_rest(draft: Draft, lines: list[Piece], best: Attempt) -> Read:
    """Read each stretch of lines in which ``best`` found nothing to repair by itself: it may be printed otherwise.

    A file may hold two page designs, or lines as they were printed and paragraphs whose line ends became spaces.
    """
    reading, pieces = best.reading, best.case.pieces
    starts = [index for index, piece in enumerate(pieces) if not piece.space]
    spans = [slice(*ends) for ends in pairwise([*starts, len(pieces)])]
    broken = [any(kind != INLINE for kind in reading.breaks[span][1:]) for span in spans]
    joined = [reading.breaks[start] != HARD for start in starts]
    touched = [any(marks) for marks in zip(broken, joined, [*joined[1:], False], strict=True)]
    parts: list[Read] = []
    for is_touched, numbers in _runs(touched):
        span = slice(spans[numbers[0]].start, spans[numbers[-1]].stop)
        own = None if is_touched else _otherwise(draft, lines[numbers[0] : numbers[-1] + 1])
        parts.append(own or (reading.part(span), pieces[span]))
    return _put_together(reading.layout, parts)


def _by_length(draft: Draft, lines: list[Piece]) -> Read | None:
    """Read the lines that fit the likeliest width, and those that do not, stretch by stretch, if that convinces."""
    usual = Layout(_NARROWEST)
    width = next(iter(_widths(_sample(lines), usual)), 0)
    long = [usual.cells(line) > _BEYOND * width for line in lines]
    if not width or all(long) or not any(long):
        return None
    parts: list[Read] = []
    found: Layout | None = None
    for _, numbers in _runs(long):
        span = slice(numbers[0], numbers[-1] + 1)
        own = _otherwise(draft, lines[span])
        found = own[0].layout if own and not found else found
        parts.append(own or (Reading.of_lines(len(lines[span])), lines[span]))
    return _put_together(found, parts) if found else None


def _runs(marks: Sequence[bool]) -> Iterator[tuple[bool, list[int]]]:
    """Each run of equal ``marks``, with the indices it has."""
    for mark, numbers in groupby(range(len(marks)), key=marks.__getitem__):
        yield mark, list(numbers)


def _put_together(layout: Layout, parts: list[Read]) -> Read:
    """One reading of the whole: each part by itself, all of it from a printed document of ``layout``."""
    whole = Reading(layout, sum(reading.cost for reading, _ in parts), [], [], [])
    pieces: list[Piece] = []
    for reading, own in parts:
        whole.breaks.extend(reading.breaks)
        whole.first.extend(reading.first)
        whole.slack.extend(reading.slack)
        pieces.extend(own)
    return whole, pieces


def _otherwise(draft: Draft, lines: list[Piece]) -> Read | None:
    """The best reading that convinces of ``lines`` by themselves, if they are enough text to show a layout."""
    if sum(line.width for line in lines) < max(_REST, _PART * len(draft.text)):
        return None
    # The cheap test of ``may_be_printed`` again: of dialogue and lists most stretches go no further.
    doubtful = sum((line.ends in "NMH" and line.width > _NARROWEST) or " " in line.text for line in lines)
    if doubtful < max(_LEAST, _DOUBTFUL * len(lines)):
        return None
    texts = [draft.text[line.start : line.end] for line in lines]
    if structured(texts) or is_code(texts):
        return None
    best = _best(attempts(draft, lines))
    return (best.reading, best.case.pieces) if best else None


def _splits_words(lines: Sequence[Piece]) -> bool:
    """Whether line ends stand inside words: then a printer made them, however much code there is in a document.

    He splits one in three pairs of Han characters, while two lines of an author's make a word once in fifty times.
    """
    joints = [
        before.text[-1] + after.text[0]
        for before, after in pairwise(lines)
        if before.width > _NARROWEST and is_han(before.text[-1]) and is_han(after.text[0])
    ]
    split = sum(joint in common_pairs() for joint in joints)
    return split >= _SPLIT_WORDS and split > 0.15 * len(joints)


def across_cuts(lines: list[Piece]) -> Reading | None:
    """Where no printer's line ends are left, only what stood on both sides of removed material may be one paragraph.

    Only long lines are compared with: that a heading ends bare says nothing of how paragraphs end.
    """
    cuts = [index for index in range(1, len(lines)) if lines[index].cut]
    if not cuts:
        return None
    case = Case(lines, evidence.interior(lines))
    long = [
        line
        for line, after in zip(lines, [*lines[1:], None], strict=True)
        if line.width > _PARAGRAPH and not (after and after.cut)
    ]
    habits = evidence.relearn(long, _all_hard([True] * len(long)), case.habits, evidence.indents(long))
    habits.hard = 0.5
    habits.hard_before = ()  # these lines are not the pieces
    costs = case.costs(habits)
    # On slides long lines end bare too.
    finished = sum(line.ends == "T" for line in long) > 0.5 * len(long)
    breaks = [HARD] * len(lines)
    for index in cuts:
        before = lines[index - 1]
        if index == 1 and before.width <= _TITLE and before.ends == "N" and not _INNER.search(before.text):
            continue  # a title, and what a site puts below it
        gain = costs.hard_first[index] - costs.soft[index]
        paragraph = before.width > (_NUMBERED_PARAGRAPH if before.starts in "BL" else _PARAGRAPH)
        if paragraph and before.ends in "NM" and finished:
            gain += _LONG_AND_BARE
        if gain > _CUT_GAIN and (paragraph or case.joined[index] > 2):
            breaks[index] = INLINE
    return Reading.of_lines(len(lines))._replace(breaks=breaks) if INLINE in breaks else None


def _cases(draft: Draft, lines: list[Piece], heads: list[str]) -> Iterator[tuple[Case, bool]]:
    habits = evidence.interior(_sample(lines))
    yield Case(lines, habits, heads), False
    wide = [line for line in lines if line.width > _NARROWEST and line.latin < line.width / 2]
    if any(" " in line.text or "\u3000" in line.text for line in wide):
        pieces = split_at_spaces(draft, lines, _NARROWEST)
        yield Case(pieces, habits, heads), True


def _sample(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The beginning and three stretches further on: a layout may show only after the title pages."""
    if len(pieces) <= _SAMPLE:
        return pieces
    part = _SAMPLE // 4
    starts = [0, *(len(pieces) * place // 4 for place in (1, 2, 3))]
    return [piece for start in starts for piece in pieces[start : start + part]]


def _fault(reading: Reading, pieces: Sequence[Piece], gain: float) -> str:
    """Why the soft breaks do not look like a printer's, or do not explain the document well enough; "" if they do."""
    soft = [index for index, kind in enumerate(reading.breaks) if kind == SOFT]
    if len(soft) < _LEAST:
        return "hardly any line of it would have been broken"
    if not _filled(reading, pieces, soft):
        return "most of the lines it would have broken are not full, or end with their sentence"
    # Verse may be as even as print, but then it has no full stop anywhere.
    if not any(_STOP.search(piece.text) for piece in pieces):
        return "there is no full stop anywhere, as in verse"
    if reading.layout.flat and not _spaces_are_line_ends(reading, pieces, len(soft)):
        return "most spaces between Han characters would be no line ends, as in a list"
    if not (reading.layout.flat or _of_one_width(reading, pieces, len(soft))):
        return "many lines are much longer, as paragraphs are that stand on one line"
    if gain < _needed(pieces, soft, reading.layout.flat):
        return "it explains the document hardly better than that the author ended every line"
    return ""


def _filled(reading: Reading, pieces: Sequence[Piece], soft: Sequence[int]) -> bool:
    """Whether half of the soft breaks stand inside sentences, and three quarters after lines that were full."""
    inside = sum(pieces[index - 1].ends in "NH" for index in soft)
    full = 0
    for index in soft:
        loose = 0.07 * pieces[index - 1].latin
        full += -2.5 - loose < reading.slack[index] <= pieces[index].token + 5 + loose
    return inside >= 0.5 * len(soft) and full >= 0.75 * len(soft)


def _of_one_width(reading: Reading, pieces: Sequence[Piece], soft: int) -> bool:
    """Whether few lines go beyond the width: many would be paragraphs on one line."""
    limit = _BEYOND * max(reading.layout.measures)
    return sum(reading.layout.cells(piece) > limit and not piece.rigid for piece in pieces) <= 0.5 * soft


def _spaces_are_line_ends(reading: Reading, pieces: Sequence[Piece], soft: int) -> bool:
    """Whether most spaces between Han are line ends, as in text whose line ends became spaces; in a list few are."""
    kept = sum(
        kind == INLINE
        and after.space
        and before.wide_end
        and after.wide_start
        and not NUMBERING.fullmatch(before.text)
        for (before, after), kind in zip(pairwise(pieces), reading.breaks[1:], strict=True)
    )
    return kept <= soft


def _needed(pieces: Sequence[Piece], soft: Sequence[int], flat: bool) -> float:
    """The gain to ask for, in nats.

    A printer splits words: a third of the breaks between two Han characters do (fewer in classical texts). Two such
    are worth half the gain. Without one, twice the gain is asked for where the breaks are few, unless they are mostly
    between Han, in the middle of sentences, or spaces: nobody sets a space into a sentence just where a line would
    be full. Many breaks between Han and no word split look like verse or a list.

    Measured on 18,000 excerpts of 3 to 20 lines of clean documents: the highest gain is 4 nats with three breaks or
    more mostly between Han and below 3 with spaces, but 12 with other breaks and 10 with two. Excerpts of as many
    lines of printed text reach 5 to 12.
    """
    joints = [pieces[index - 1].text[-1] + pieces[index].text[0] for index in soft]
    split = sum(joint in common_pairs() for joint in joints)
    if split:
        return _GAIN / 2 if split >= 2 else _GAIN
    han = sum(is_han(joint[0]) and is_han(joint[1]) for joint in joints)
    several = len(soft) >= _SEVERAL or flat or (han >= _MID_SENTENCE and han >= 0.5 * len(soft))
    return _GAIN if several and han < _MANY else 2 * _GAIN


# ---------------------------------------------------------------- the search for the layout


def _search(case: Case, flat: bool) -> Layout | None:
    """The layout with the lowest cost, found by climbing from the likeliest widths."""
    starts = sum(not piece.space for piece in case.pieces)
    merged = flat and sum(piece.width for piece in case.pieces) > _MERGED * starts
    base = Layout(width=_NARROWEST, flat=flat, merged=merged)
    readings = [case.read(base._replace(width=width)) for width in _widths(case.pieces, base)]
    best = min(readings, key=lambda reading: reading.cost, default=None)
    # A document that was printed shows it at the likeliest widths, if not at the very best; a reading that costs a
    # nat more a piece is nonsense. (Without this, two thirds of the time of a clean document went into the search.)
    limit = best.cost + len(case.pieces) if best else 0.0
    if not best or all(one.cost > limit or one.breaks.count(SOFT) < _LEAST for one in readings):
        return None
    best = _climb(case, best)
    for change in _peculiarities(case.pieces, flat):
        layout = best.layout._replace(**change)
        widths = [layout.width]
        if _measures(layout) != _measures(best.layout):
            widths += _widths(case.pieces, layout)[:1]
        for width in widths:
            reading = case.read(layout._replace(width=width))
            if reading.cost < best.cost + 3 * _SWITCH:
                reading = _climb(case, reading)
            if reading.cost + _SWITCH < best.cost:
                best = reading
    return _with_other_measure(case, best).layout


def _with_other_measure(case: Case, best: Reading) -> Reading:
    """Add a second measure if the lines that do not fit the first pile up at another width."""
    pieces = case.pieces
    misfits = [
        piece
        for index, piece in enumerate(pieces)
        if not piece.space
        and piece.ends in "NM"
        and (index + 1 == len(pieces) or (best.breaks[index + 1] == HARD and best.slack[index + 1] > _EARLY + 2))
    ]
    if len(misfits) < _FEW or best.layout.flat:
        return best
    for width in _widths(misfits, best.layout)[:2]:
        reading = case.read(best.layout._replace(other=width))
        if reading.cost + 3 * _SWITCH < best.cost:
            best = reading
    return best


def _climb(case: Case, best: Reading) -> Reading:
    """Follow the width, a cell or two at a time, while the cost falls."""
    for step in (1, -1, 2, -2):
        while _NARROWEST <= best.layout.width + step <= _WIDEST:
            reading = case.read(best.layout._replace(width=best.layout.width + step))
            if reading.cost >= best.cost:
                break
            best = reading
    return best


def _measures(layout: Layout) -> tuple[bool, bool, bool, bool]:
    """What decides how wide a piece is."""
    return layout.lead_counts, layout.full_marks, layout.proportional, layout.condensed


def _peculiarities(pieces: Sequence[Piece], flat: bool) -> Iterator[dict[str, Any]]:
    """What else a layout may be, as far as these pieces can tell it apart: the fields to change together."""
    if any(piece.lead for piece in pieces):
        yield {"lead_counts": False}
    if any(piece.halves for piece in pieces):
        yield {"full_marks": True}
    if sum(piece.latin for piece in pieces) > 0.1 * sum(piece.width for piece in pieces):
        yield {"proportional": True}
        yield {"proportional": True, "condensed": True}
    if not flat and sum(_is_shard(piece) for piece in pieces) >= 0.05 * len(pieces):
        yield {"shattered": True}
    items = any(piece.starts in "BL" for piece in pieces)
    for indent in (4, 2, 3):
        yield {"indent": indent, "list_indent": False}
        if items:
            yield {"indent": indent, "list_indent": True}


def _is_shard(piece: Piece) -> bool:
    """Whether a line is one or two Latin words and nothing else, or starts with a mark that none starts with.

    Both are left of a line that the extractor broke where the face changes.
    """
    latin = piece.latin == len(piece.text) <= 20 and piece.text[0].isalpha()
    return latin or piece.text[0] in NEVER_FIRST


def _widths(pieces: Sequence[Piece], layout: Layout) -> list[int]:
    """The likeliest wrap widths: where the widths of the lines pile up with little beyond.

    Spaces between Latin letters are not candidate line ends here: counting them drowns the peak.
    """
    mass: defaultdict[int, float] = defaultdict(float)
    stretch = 0.0
    for index, piece in enumerate(pieces):
        stretch += layout.cells(piece)
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        if after and after.space and not (piece.wide_end and after.wide_start):
            stretch += 1
            continue
        mass[round(stretch)] += 0.35 if piece.ends == "T" else 1.0
        stretch = 0.0
    # Latin words leave the right edge ragged: no peak there, but an edge.
    widths = [*_peaks(mass), _edge(mass, 0.02), _edge(mass, 0.1)]
    return [width for width in dict.fromkeys(widths) if _NARROWEST <= width <= _WIDEST]


def _edge(mass: Mapping[int, float], share: float) -> int:
    """The width that only ``share`` of the lines exceed."""
    left = share * sum(mass.values())
    for size in sorted(mass, reverse=True):
        left -= mass[size]
        if left < 0:
            return size
    return 0


# How the widths of full lines scatter below the wrap width: a Han character or a mark did not fit.
_BELOW = (1.0, 1.0, 0.8, 0.6, 0.3)


def _peaks(mass: Mapping[int, float]) -> list[int]:
    top = max(mass, default=0)
    beyond = [0.0] * (top + 4)
    for size in range(top, -1, -1):
        beyond[size] = beyond[size + 1] + mass.get(size, 0.0)
    score = {
        size: sum(weight * mass.get(size - step, 0.0) for step, weight in enumerate(_BELOW)) - 0.4 * beyond[size + 3]
        for size in range(_NARROWEST, min(top, _WIDEST) + 1)
    }
    chosen: list[int] = []
    for size in sorted(score, key=lambda size: -score[size]):
        if all(abs(size - other) > 2 for other in chosen):
            chosen.append(size)
        if len(chosen) == 3:
            break
    return chosen
