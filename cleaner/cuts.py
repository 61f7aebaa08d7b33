"""Cuts: paragraphs that go on behind removed material, in a document that no printer broke."""

from cleaner import evidence
from cleaner.case import Case, all_hard
from cleaner.gaps import gaps_of, indents
from cleaner.patterns import lazy_plain
from cleaner.physical import HARD, INLINE, Reading
from cleaner.pieces import PARAGRAPH, Piece

# Marks that titles do not have.
_INNER = lazy_plain("[，。；！？]")
# The heading of a chapter may be a couplet.
_TITLE = 72
_NUMBERED_PARAGRAPH = 72
# Nats: odds of 3 to 1 suffice beside removed material, where half the breaks are not the author's.
_CUT_GAIN = 1.0
# Nats: the lines of authors that end bare are headings, and so numbered or short, nine times out of ten.
_LONG_AND_BARE = 1.5


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
        if line.width > PARAGRAPH and not (after and after.cut)
    ]
    gaps = gaps_of(long, [0.0] * len(long), indents(long))
    habits = evidence.relearn(gaps, all_hard([True] * len(long)), case.habits)
    habits.hard = 0.5
    habits.hard_before = ()  # these lines are not the pieces
    costs = evidence.costs(case.gaps, habits)
    # On slides long lines end bare too.
    finished = sum(line.ends == "T" for line in long) > 0.5 * len(long)
    breaks = [HARD] * len(lines)
    for index in cuts:
        before = lines[index - 1]
        if index == 1 and before.width <= _TITLE and before.ends == "N" and not _INNER.search(before.text):
            continue  # a title, and what a site puts below it
        gain = costs[index].hard_first - costs[index].soft
        paragraph = before.width > (_NUMBERED_PARAGRAPH if before.starts in "BL" else PARAGRAPH)
        if paragraph and before.ends in "NM" and finished:
            gain += _LONG_AND_BARE
        if gain > _CUT_GAIN and (paragraph or case.words.least[index] > 2):
            breaks[index] = INLINE
    return Reading.of_lines(len(lines))._replace(breaks=breaks) if INLINE in breaks else None
