"""How a document was printed, inferred from the whole of it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import log

from cleaner import evidence
from cleaner.cells import width
from cleaner.draft import Draft, Line
from cleaner.evidence import Costs, Habits
from cleaner.physical import HARD, INLINE, SOFT, Layout, Reading, inline_cost, read
from cleaner.pieces import Piece, is_han, of_lines, split_at_spaces
from cleaner.words import common_pairs

# A narrower measure is a list or verse, not a printed page.
_NARROWEST = 22
# The layout is chosen on so many pieces: two hundred lines tell the width as well as twenty thousand.
_SAMPLE = 400
# Nats by which a layout must explain the document better than "the author ended every line": 6 is odds of
# 400 to 1. Measured gaps are tens of nats in printed documents and below zero in others.
_GAIN = 6.0
# So many breaks between Han characters would split a word at least once but for one time in a hundred.
_MANY = 12
# A line that left so many cells more than the next token needs was ended by its author.
_EARLY = 3
# In cells: what is longer is taken for a paragraph where nothing else tells one from a heading.
_PARAGRAPH = 36
# Nats: odds of 3 to 1 suffice beside removed material, where half the breaks are not the author's.
_CUT_GAIN = 1.0
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
    def base_lead(self) -> int:
        """The white space before ordinary lines: the least that a fifth of them have."""
        leads = Counter(piece.lead for piece in self.pieces if not piece.space)
        return min((lead for lead, count in leads.items() if count >= 0.2 * leads.total()), default=0)

    @cached_property
    def joined(self) -> list[float]:
        """The evidence of words that span a break."""
        return evidence.words_across(self.pieces, self.heads)

    def costs(self, habits: Habits | None = None) -> Costs:
        """The costs of every break with these habits."""
        return evidence.costs(self.pieces, habits or self.habits, self.joined, self.base_lead)

    def relearn(self, reading: Reading) -> Costs:
        """The costs with what ``reading`` shows of this document's habits."""
        hard = [kind == HARD for kind in reading.breaks]
        sure = [
            not is_hard or slack > piece.token + _EARLY
            for is_hard, slack, piece in zip(hard, reading.slack, self.pieces, strict=True)
        ]
        return self.costs(
            evidence.relearn(self.pieces, evidence.Named(hard, reading.first, sure), self.habits, self.base_lead)
        )

    def read(self, layout: Layout) -> Reading:
        """Read twice: with what is usual, then with what the first reading showed."""
        return read(self.pieces, self.relearn(read(self.pieces, self.costs(), layout)), layout)

    def null(self, layout: Layout) -> float:
        """What it costs to take every line end and every space for the author's, habits relearnt for that."""
        hard = [not piece.space for piece in self.pieces]
        costs = self.costs(evidence.relearn(self.pieces, _all_hard(hard), self.habits, self.base_lead))
        spread = log(layout.width) - 0.5
        total = spread
        for index, (before, after) in enumerate(pairwise(self.pieces), 1):
            if hard[index]:
                total += costs.hard_first[index] + spread
            else:
                total += costs.soft[index] + inline_cost(before, after)
        return total


# Characters a title's line may end with but a title does not, and words it may.
_OPEN_END = re.compile(r"[的和与與及或对對在为為将將把被由至、，]$|\b(?:of|the|and|a|an|in|to|for|between|with|,)$|,$")
_COMPLETE = re.compile(
    r"(?:决定|決定|办法|辦法|规定|規定|通知|报告|報告|意见|意見|解释|解釋|条例|條例|细则|細則|方案|总结|總結|决议|決議"
    r"|公告|批复|纪要|制度|计划|計劃|说明|說明|规划|规程|规则|准则|标准|研究|分析|探讨)$"
)
_LONGEST_TITLE = 4  # lines


def _join_title(case: Case, reading: Reading) -> None:
    """Make the breaks inside a title of several lines soft.

    A title is set in larger type: its lines are no guide to the width, nor the width to them. What tells is a word
    that spans the break (the running head often holds the whole title), an end that cannot be one, or that only a
    later line ends as documents' titles do.
    """
    pieces = case.pieces
    usual = Counter(piece.blanks for piece, kind in zip(pieces, reading.breaks, strict=True) if kind == SOFT)
    lines = 1
    while lines < min(_LONGEST_TITLE, len(pieces) - 1) and _title_goes_on(case, reading, lines, usual):
        lines += 1
    complete = [index for index in range(lines) if _COMPLETE.search(pieces[index].text)]
    joined = complete[-1] if complete else 0
    for index in range(1, lines):
        before = pieces[index - 1].text
        if index <= joined and not _COMPLETE.search(before) or case.joined[index] > 2 or _OPEN_END.search(before):
            reading.breaks[index] = SOFT


def _title_goes_on(case: Case, reading: Reading, index: int, usual: Counter[int]) -> bool:
    """Whether piece ``index`` may be a further line of the title at the top."""
    before, after = case.pieces[index - 1], case.pieces[index]
    following = reading.breaks[index + 1] if index + 1 < len(case.pieces) else HARD
    return (
        reading.breaks[index] == HARD == following
        and before.ends in "NM"
        and after.ends == "N"
        and after.starts in "OlQK"
        and not after.text[0].isdigit()
        and not after.text.startswith(("关于", "關於"))
        and after.blanks <= max(usual, default=0)
        and before.width >= 0.4 * reading.layout.width
    )


def _all_hard(hard: list[bool]) -> evidence.Named:
    return evidence.Named(hard, [True] * len(hard), [True] * len(hard))


def infer(draft: Draft) -> tuple[Reading | None, Sequence[Piece]]:
    """Read ``draft`` in the layout that explains it best, or None if nothing shows that a printer broke its lines."""
    lines = of_lines(draft)
    if len(lines) < 2 or structured([line for line in draft.lines() if not line.blank]):
        return None, lines
    best: tuple[float, Reading, Case] | None = None
    heads = [draft.source[edit.start : edit.end] for edit in draft.edits if edit.rule.startswith("running-")]
    for case, flat in _cases(draft, lines, heads):
        reading = _search(replace(case, pieces=_sample(case.pieces)), flat)
        if reading is None:
            continue
        reading = case.read(reading.layout)
        gain = case.null(reading.layout) - reading.cost
        if _plausible(reading, case.pieces, gain) and (best is None or gain > best[0]):
            best = gain, reading, case
    if best is None:
        return across_cuts(lines), lines
    _, reading, case = best
    _join_title(case, reading)
    return reading, case.pieces


def across_cuts(lines: list[Piece]) -> Reading | None:
    """Where no printer's line ends are left, only what stood on both sides of removed material may be one paragraph.

    Only long lines are compared with: that a heading ends bare says nothing of how paragraphs end.
    """
    cuts = [index for index in range(1, len(lines)) if lines[index].cut]
    if not cuts:
        return None
    case = Case(lines, evidence.interior(lines))
    long = [line for line in lines if line.width > _PARAGRAPH]
    habits = evidence.relearn(long, _all_hard([True] * len(long)), case.habits, case.base_lead)
    habits.hard = 0.5
    costs = case.costs(habits)
    breaks = [HARD] * len(lines)
    for index in cuts:
        gain = costs.hard_first[index] - costs.soft[index]
        if gain > _CUT_GAIN and (lines[index - 1].width > _PARAGRAPH or case.joined[index] > 2):
            breaks[index] = INLINE
    return Reading(Layout(0), 0.0, breaks, [True] * len(lines), [0.0] * len(lines)) if INLINE in breaks else None


def _cases(draft: Draft, lines: list[Piece], heads: list[str]) -> Iterator[tuple[Case, bool]]:
    habits = evidence.interior(_sample(lines))
    yield Case(lines, habits, heads), False
    wide = [line for line in lines if line.width > _NARROWEST and line.latin < line.width / 2]
    if any(" " in line.text for line in wide):
        pieces = split_at_spaces(draft, lines, _NARROWEST)
        yield Case(pieces, habits, heads), True


def _sample(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The beginning and three stretches further on: a layout may show only after the title pages."""
    if len(pieces) <= _SAMPLE:
        return pieces
    part = _SAMPLE // 4
    starts = [0, *(len(pieces) * place // 4 for place in (1, 2, 3))]
    return [piece for start in starts for piece in pieces[start : start + part]]


def _plausible(reading: Reading, pieces: Sequence[Piece], gain: float) -> bool:
    """Whether the soft breaks look like a printer's: several, mostly inside sentences, their lines full.

    A printer splits words: a third of the breaks between two Han characters do. Two such are worth half the gain;
    none among many is a sign of verse or of a list.
    """
    soft = [index for index, kind in enumerate(reading.breaks) if kind == SOFT]
    if len(soft) < 2:
        return False
    inside = sum(pieces[index - 1].ends in "NH" for index in soft)
    ragged = sum(
        not -2.5 - loose < reading.slack[index] <= pieces[index].token + 5 + loose
        for index in soft
        for loose in [0.07 * pieces[index - 1].latin]
    )
    if inside < 0.5 * len(soft) or ragged > 0.25 * len(soft):
        return False
    joints = [pieces[index - 1].text[-1] + pieces[index].text[0] for index in soft]
    han = sum(is_han(joint[0]) and is_han(joint[1]) for joint in joints)
    split = sum(joint in common_pairs() for joint in joints)
    return gain >= (_GAIN / 2 if split >= 2 else _GAIN) and (split > 0 or han < _MANY)


# ---------------------------------------------------------------- the search for the layout


def _search(case: Case, flat: bool) -> Reading | None:
    """The layout with the lowest cost, found by climbing from the likeliest widths."""
    best: Reading | None = None
    base = Layout(width=_NARROWEST, flat=flat)
    for width in _widths(case.pieces, base):
        reading = case.read(replace(base, width=width))
        if best is None or reading.cost < best.cost:
            best = reading
    if best is None:
        return None
    best = _climb(case, best)
    for change in _peculiarities(case.pieces, best.layout):
        layout = replace(best.layout, **change)
        widths = [layout.width]
        if change.keys() & {"proportional", "full_marks", "lead_counts"}:
            widths += _widths(case.pieces, layout)[:1]
        for width in widths:
            reading = case.read(replace(layout, width=width))
            if reading.cost < best.cost + 3 * _SWITCH:
                reading = _climb(case, reading)
            if reading.cost + _SWITCH < best.cost:
                best = reading
    return best


def _climb(case: Case, best: Reading) -> Reading:
    """Follow the width, a cell or two at a time, while the cost falls."""
    for step in (1, -1, 2, -2):
        while best.layout.width + step >= _NARROWEST:
            reading = case.read(replace(best.layout, width=best.layout.width + step))
            if reading.cost >= best.cost:
                break
            best = reading
    return best


def _peculiarities(pieces: Sequence[Piece], layout: Layout) -> Iterator[dict[str, object]]:
    """What else a layout may be, as far as these pieces can tell it apart."""
    if any(piece.lead for piece in pieces):
        yield {"lead_counts": False}
    if any(piece.halves for piece in pieces):
        yield {"full_marks": True}
    if sum(piece.latin for piece in pieces) > 0.1 * sum(piece.width for piece in pieces):
        yield {"proportional": True}
    if not layout.flat and sum(_short_latin(piece) for piece in pieces) >= 0.05 * len(pieces):
        yield {"shattered": True}
    for indent in (4, 2, 3):
        yield {"indent": indent}
        if any(piece.starts in "BL" for piece in pieces):
            yield {"indent": indent, "list_indent": True}


def _short_latin(piece: Piece) -> bool:
    """Whether a line is one or two Latin words and nothing else: what is left of a shattered line."""
    return piece.latin == len(piece.text) <= 20 and piece.text[0].isalpha()


def _widths(pieces: Sequence[Piece], layout: Layout) -> list[int]:
    """The likeliest wrap widths: where the widths of the lines pile up with little beyond.

    Spaces between Latin letters are not candidate line ends here: counting them drowns the peak.
    """
    mass: Counter[int] = Counter()
    stretch = 0.0
    for before, after in pairwise([*pieces, None]):
        stretch += layout.cells(before)
        if after is not None and after.space and not (before.wide_end and after.wide_start):
            stretch += 1
            continue
        mass[round(stretch)] += 0.35 if before.ends == "T" else 1.0
        stretch = 0.0
    # Latin words leave the right edge ragged: no peak there, but an edge.
    widths = [*_peaks(mass), _edge(mass, 0.02), _edge(mass, 0.1)]
    return [width for width in dict.fromkeys(widths) if width >= _NARROWEST]


def _edge(mass: Counter[int], share: float) -> int:
    """The width that only ``share`` of the lines exceed."""
    left = share * mass.total()
    for size in sorted(mass, reverse=True):
        left -= mass[size]
        if left < 0:
            return size
    return 0


# How the widths of full lines scatter below the wrap width: a Han character or a mark did not fit.
_BELOW = (1.0, 1.0, 0.8, 0.6, 0.3)


def _peaks(mass: Counter[int]) -> list[int]:
    top = max(mass, default=0)
    beyond = [0.0] * (top + 4)
    for size in range(top, -1, -1):
        beyond[size] = beyond[size + 1] + mass[size]
    score = {
        size: sum(weight * mass[size - step] for step, weight in enumerate(_BELOW)) - 0.4 * beyond[size + 3]
        for size in range(_NARROWEST, top + 1)
    }
    chosen: list[int] = []
    for size in sorted(score, key=lambda size: -score[size]):
        if all(abs(size - other) > 2 for other in chosen):
            chosen.append(size)
        if len(chosen) == 3:
            break
    return chosen


# ---------------------------------------------------------------- documents whose lines mean something

_COLUMNS = re.compile(r"\S(?: {2,}|\t|\u3000{2,})(?=\S)")
_WORD_GAP = re.compile(r" +")
_CODE = re.compile(r"[;{}]$|^[#/<$>%|+]|[=(]\S*\(|^\S*=\S|^(?:def|class|import|from|return|if|for|var|let|const|func)\b")
_KEY = re.compile(r"[^：:，。]{1,12}[：:][^。！？]{0,60}$")
_LEADERS = re.compile(r"[.…·]{4,}\s*\d")


def _columnar(text: str) -> bool:
    """Whether its wide gaps part columns: a justified line has many gaps, and most of its words are Latin."""
    gaps = len(_COLUMNS.findall(text))
    return 0 < gaps and (gaps < 5 or width(text) > 1.5 * len(text))


def structured(lines: Sequence[Line]) -> bool:
    """Whether the line ends carry the structure: a table, code, records, subtitles, a table of contents.

    Shares, never presence: an article on Git may hold a table and a subtitle arrow.
    """
    texts = [line.text.strip() for line in lines]
    shapes = Counter(_shape(text) for text in texts)
    shapes.pop(None, None)
    shares = (
        (sum(_columnar(text) for text in texts), 0.45),
        (sum(bool(_CODE.search(text)) for text in texts), 0.35),
        (sum(bool(_KEY.match(text)) for text in texts), 0.70),
        (max(shapes.values(), default=0), 0.60),
        (sum("-->" in text for text in texts), 0.15),
        (sum(bool(_LEADERS.search(text)) for text in texts), 0.40),
    )
    total = len(texts)
    return any(count > share * total for count, share in shares)


def _shape(text: str) -> str | None:
    """The kinds of the first four characters, if none is Han and not all are letters: records start alike."""
    head = text[:4]
    if len(head) < 4 or not head.isascii() or head.replace(" ", "").isalpha():
        return None
    return re.sub("[A-Za-z]", "a", re.sub("[0-9]", "0", head))
