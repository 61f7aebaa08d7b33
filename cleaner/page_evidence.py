"""What makes a number a page number: the table of the evidence for and against a chain of them.

A chain (:mod:`cleaner.sequences`) is accepted when the points of the evidence reach :data:`ENOUGH`. "Weak" is every
form without the word page in it; "unmarked" is a bare number, one in brackets, one in a field of its own, and any
form nobody has named.

For:

====================================================  ======  ===============================================
evidence                                              points  why
====================================================  ======  ===============================================
the word page is in it                                3       few other things are counted in pages
it stands between marks (- 3 -), or is ``N/M``        2       list marks and scores look like that too
the number of pages is named, always the same         2       nothing else in a text counts "N of M"
2, 3, 4, 5 or more members                            1 to 4  every number more is a coincidence more
1 stands one page into the text, or at its very top   1       a page number ends its page, or tops it
one alone, after every page but the last (set off)    2 (1)   pages of its size leave no room for another number
one alone, the last line of the document              1       the number of the last page
gaps alike (within a factor 1.7; 1.15)                1, 2    pages are filled to the same size
form feeds beside most members                        3       a form feed *is* a page edge
the same line beside most members                     2       a running head
a field of its own beside the same text               2       a running head again, on the same line
closes every page, the last too, at one line count    3       chapters begin with their number, notes are anywhere
or two or more pages that agree to the line           3       only printers count lines
most members stand inside a sentence (some)           3, 1    pages end blindly; titles and counters do not
its last one is the last line of the document         1       the number of the last page
====================================================  ======  ===============================================

Against:

====================================================  ======  ===============================================
1 stands under a title, the text begins after it      -2      a chapter's number begins its chapter
weak, 3 or more, and none inside a sentence           -1, -2  (between marks, others)
... and blank lines before and after each             -2      a chapter's number is set off
weak, and the document has form feeds elsewhere       -3      then this is not where its pages end
weak, and more lines of this template outside         -3      a table, some of whose numbers happen to rise
weak, and the lines around them repeat                -6      a whole passage repeats, with numbers in it
one or two, and the line before ends as a citation    -6      《…》1996年版， / 第248页
named, and the line ends as a sentence                -9      第7页。 heads a note in a list of variants
one alone, where its number cannot be                 -9      page 248 after two pages; 1/2 is a fraction
most after a colon                                    -9      what a line announces is content: the note said:
unmarked, neither at form feeds nor inside sentences  -9      chapters are numbered evenly too (but not with one
                                                              line count for every page, the number at its end)
unmarked, not at form feeds, uneven, no head          -9      nothing says page (but not if the same two lines stand
                                                              around each of five or more)
words beside it that differ, mostly not in sentences  -9      headings are a number and words too (by turns on the
                                                              outer side, half of them inside sentences is enough)
by turns from page 3 or later, outside sentences      -9      nothing says page (but not with the same line beside)
in brackets, not at form feeds, no one line count     -9      formulas and notes stand inside sentences (but not
                                                              all of them beside the same four letters or more)
one or two in a field or of unknown form              -9      a coincidence, unless both stand inside sentences
unknown form that says what it counts (第 3 章)       -9      see ``counted`` in packs/markers.toml
unknown form that looks like code or skips numbers    -9      code, names of files, numbered sentences
====================================================  ======  ===============================================
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from cleaner.markers import ANY, MASK, Look, counts_something_else
from cleaner.page_sizes import closing, evenness, keeps_line_count, median, steps
from cleaner.patterns import lazy, lazy_plain
from cleaner.survey import DEPTH, LONG, NEAREST, Candidate, Survey, distance

ENOUGH = 5
"""Points a chain needs: a named marker with its total (3 + 2), or any form with two strong signs."""
_LOOK_POINTS: dict[Look, int] = {"named": 3, "glued": 3, "framed": 2, "field": 2, "bare": 0, "other": 0}
_WEAK: frozenset[Look] = frozenset({"framed", "bare", "field", "other"})
_UNMARKED: frozenset[Look] = frozenset({"bare", "field", "other"})
_FORM_WORDS = 8  # letters: longer than what a form repeats around its numbers
_LETTERS = lazy(r"\p{L}")
_DIGITS = lazy_plain(r"\d+")
_SENTENCE_END = lazy(r"[。！？!?；;]$")
_CODE = lazy(r"[=(){};'\"`\\\\<>$@&*+_]|//|[:;,。；，、]$")
WHOLE = 300
"""Characters on a page at least, where a single number has to show by its place that it is one: half a sheet."""


class _Facts(NamedTuple):
    """What was measured about one chain."""

    run: list[Candidate]
    group: int
    """Lines of this template in the document."""
    furniture: frozenset[str]
    """Shadows of the lines that stand beside most members."""
    inner: int
    """Members that have text before and after them."""
    cut: int
    """Members that stand inside a sentence."""
    fed: bool
    """Whether most members stand at form feeds."""
    even: int
    closing: bool
    """Whether each page, the last one too, ends with its number, after the same number of lines."""
    framed_alike: bool
    """Whether the same line stands before each number of five or more in a row, and another after each."""

    @property
    def look(self) -> Look:
        """The best look of a member: two heads that take turns may have two."""
        return max((member.look for member in self.run[:2]), key=_LOOK_POINTS.__getitem__)

    @property
    def weak(self) -> bool:
        return self.look in _WEAK

    @property
    def by_turns(self) -> bool:
        """Whether two templates take turns over four pages or more, without a slip."""
        return len(self.run) > 3 and self.run[0].key != self.run[1].key

    @property
    def worded_anew(self) -> bool:
        """Whether the words beside the number may differ from line to line: headings are such lines too."""
        return ANY in self.run[0].key

    @property
    def often_cut(self) -> bool:
        """Whether they stand inside sentences more often than headings; by turns, half of them are enough."""
        return self.cut * 2 >= self.inner if self.by_turns else self.cut * 4 >= self.inner * 3

    @property
    def blind(self) -> bool:
        """Whether the places have nothing to do with the text, as page ends have not."""
        if self.cut and keeps_line_count(self.run):
            return True
        return self.cut * 3 >= max(2, self.inner) * (2 if self.look == "other" else 1)


def _facts(survey: Survey, run: list[Candidate], group: int) -> _Facts:
    furniture = _beside(survey, run)
    inner = sum(1 for member in run if survey.top < member.first and not survey.ends(member.last))
    cut = sum(1 for member in run if survey.cuts(member.first, member.last, furniture))
    fed = _at_edges(survey, run, furniture) * 4 >= len(run) * 3
    closes, framed = closing(survey, run), _framed_alike(survey, run)
    return _Facts(run, group, furniture, inner, cut, fed, evenness(survey, run), closes, framed)


def evidence(survey: Survey, run: list[Candidate], group: int) -> Iterator[tuple[str, int]]:
    """The rows of the table above that hold for one chain, with their points."""
    facts = _facts(survey, run, group)
    yield from _speaks_for(survey, facts)
    yield from _speaks_against(survey, facts)
    if facts.look in _UNMARKED:
        yield from _speaks_against_unmarked(facts, _titled(survey, run))


def _speaks_for(survey: Survey, facts: _Facts) -> Iterator[tuple[str, int]]:
    run = facts.run
    yield "look", _LOOK_POINTS[facts.look]
    yield "members", min(4, len(run) - 1)
    if run[0].number == 1:
        yield "starts with 1", _start(survey, run)
    if run[0].total is not None and len({member.total for member in run} - {None}) == 1:
        yield "constant total", 2
    yield "even gaps", facts.even
    if facts.fed and (len(run) > 1 or facts.look not in _UNMARKED):
        yield "at form feeds", 3
    if facts.furniture:
        yield "line beside", 2
    if facts.closing:
        yield "closes every page", 3
    if facts.cut:
        yield "inside sentences", 3 if facts.cut * 2 >= facts.inner else 1
    if len(run) > 1 and survey.ends(run[-1].last):
        yield "ends the document", 1


def _speaks_against(survey: Survey, facts: _Facts) -> Iterator[tuple[str, int]]:
    run = facts.run
    if len(run) == 1:
        yield "alone", _alone(survey, run[0])
    if sum(survey.introduced(member.first) for member in run) * 2 > len(run):
        yield "introduced", -9
    if not facts.weak:
        if len(run) < 3 and any(survey.cited(member) for member in run):
            yield "cited", -6
        if _SENTENCE_END.search(run[0].key):
            yield "a sentence", -9
        return
    if not facts.fed and len(survey.breaks) >= 3:
        yield "away from form feeds", -3
    if len(run) > 1 and survey.in_repeated_passage(run, facts.furniture):
        yield "a passage that repeats", -6
    if len(run) * 2 < facts.group:
        yield "many others", -3
    if len(run) > 2 and survey.punctuated and not (facts.cut or facts.fed or facts.furniture):
        yield "never inside a sentence", -1 if facts.look == "framed" else -2
        if all(survey.set_off(member.first, member.last) for member in run):
            yield "set off", -2


def _titled(survey: Survey, run: list[Candidate]) -> bool:
    """Whether the words of the key are the title of the document, its first line."""
    words = run[0].key.replace(MASK, "").strip("|-_·.\1")
    return len(words) > 1 and survey.shadow(survey.top) in (words, run[0].key.replace(MASK, str(run[0].number)))


def _speaks_against_unmarked(facts: _Facts, titled: bool) -> Iterator[tuple[str, int]]:
    run, key = facts.run, facts.run[0].key
    if facts.look in ("field", "other"):
        field = facts.look == "field" and facts.cut == facts.inner == len(run)
        sure = field or (facts.fed and facts.cut > 0) or (facts.closing and titled)
        if (len(run) < 3 and not sure) or counts_something_else(key.replace("\1", "")):
            yield "counts something else", -9
    if facts.worded_anew and not (facts.even and facts.often_cut and len(run) > 3):
        yield "words anew", -9
    if facts.by_turns and run[0].number > 2 and not (facts.often_cut or facts.furniture):
        yield "begins anywhere", -9
    if facts.fed or facts.closing or facts.framed_alike:
        return
    inside = facts.cut == len(run) > 2
    if facts.look in ("field", "other") and not inside and not _like_a_head(run):
        yield "not like a head", -9
    if facts.look == "bare" and key[0] in "([{" and not (keeps_line_count(run) or _beside_a_head(facts)):
        yield "formulas or notes", -9
    if facts.by_turns:
        return
    if not facts.blind or not (facts.even or facts.furniture or facts.look == "field"):
        yield "nothing says page", -9


def _framed_alike(survey: Survey, run: list[Candidate]) -> bool:
    """Whether one line stands before each number, and one after each, as no author repeats them: slides have both.

    A form has such lines too (题号, 得分), but they are a word or two.
    """
    if len(run) < 5 or steps(run) != {1}:
        return False
    for side in (-1, 1):
        ends = [member.first - 1 if side < 0 else member.last + 1 for member in run]
        texts = {_figureless(survey.shadow(index)) for end in ends for index in survey.near(end, side, 1)}
        if len(texts) != 1 or len(_LETTERS.findall(texts.pop())) < _FORM_WORDS:
            return False
    return True


def _beside_a_head(facts: _Facts) -> bool:
    """Whether words more than 其中 interrupt every sentence with the number; with a long head one is enough."""
    words = max((len(_LETTERS.findall(text)) for text in facts.furniture), default=0)
    return (words >= 4 and facts.cut == len(facts.run)) or (words >= 2 * 4 and facts.cut > 0)


def _like_a_head(run: list[Candidate]) -> bool:
    """Whether lines of an unknown form could be a head with the number at one end, none missing."""
    before, after = run[0].key.split(MASK)
    if run[0].look == "field":
        return not _CODE.search(run[0].key)
    if run[0].key.strip(MASK) != run[1].key.strip(MASK):
        return True  # two heads by turns
    steps = sum(1 for one, other in pairwise(run) if other.number - one.number == 1)
    words = not before.isascii() or not after.isascii() or len(before) + len(after) <= 16
    return (
        words
        and min(len(before), len(after)) <= 2
        and not _CODE.search(run[0].key)
        and steps * 5 >= (len(run) - 1) * 4
    )


def _at_edges(survey: Survey, run: list[Candidate], furniture: frozenset[str]) -> int:
    """How many members stand at a page edge marked by a form feed.

    A weak form must be the outermost line but for running heads, and count the form feeds.
    """
    inside = [member for member in run if survey.at_edge(member.first) or survey.at_edge(member.last)]
    if run[0].look not in _WEAK:
        return len(inside)
    inside = [member for member in inside if survey.outside(member.first) <= furniture]
    steps = [
        other.number - one.number == (survey.page(other.first) or 0) - (survey.page(one.first) or 0)
        for one, other in pairwise(inside)
    ]
    # An unknown form has to keep step with the form feeds; a number may have skipped an empty page.
    needed = 0.8 if run[0].look == "other" else 0.5
    return len(inside) if sum(steps) >= needed * len(steps) else 0


def points(survey: Survey, run: list[Candidate], group: int) -> int:
    """The sum of the evidence."""
    return sum(value for _, value in evidence(survey, run, group))


def _alone(survey: Survey, one: Candidate) -> int:
    """A single marker must stand where its number says: page 248 after two pages is a reference."""
    before = survey.lines[one.first].start
    if one.look == "framed" and one.total and not _fits_length(survey, one):
        return -9
    if survey.ends(one.last) and before > NEAREST:
        return 1
    around = survey.near(one.first - 1, -1, 1) + survey.near(one.last + 1, 1, 1)
    if all(len(survey.lines[at].text.strip()) < LONG // 2 for at in around):
        return -9  # buttons of a page shown on a screen, a list of labels
    if _says_all(survey, one):
        return 1 if survey.set_off(one.first, one.last) else 2
    if one.total and one.look == "framed" and not survey.cuts(one.first, one.last, frozenset()):
        return -9  # 1/2 on a line of its own is a fraction more often than a page
    return 0 if before / one.number >= 2 * NEAREST or one.total or survey.at_edge(one.first) else -9


def _says_all(survey: Survey, one: Candidate) -> bool:
    """Whether pages as long as this one leave no room for a second number: it stands after every page but the last.

    Prose around it: a fraction stands among formulas, a score among scores.
    """
    around = survey.near(one.first - 1, -1, 1) + survey.near(one.last + 1, 1, 1)
    letters = [len(_LETTERS.findall(survey.lines[at].text)) for at in around]
    if len(letters) < 2 or min(letters) < 6 or not survey.punctuated:
        return False
    before = survey.lines[one.first].start
    rest = len(survey.text) - survey.lines[one.last].end
    last = one.number + 1 == (one.total or 2)
    return last and before / one.number >= WHOLE and rest <= 1.05 * before / one.number


def _fits_length(survey: Survey, one: Candidate) -> bool:
    """Whether a lone 3/16 stands three sixteenths into the text, with no other fraction in the document."""
    if any(character.isalpha() for character in one.key.replace("of", "")) or len(survey.totals) > 1:
        return False
    page = survey.lines[one.first].start / one.number
    return 0.6 < page / (len(survey.text) / (one.total or 1)) < 1.7


def _start(survey: Survey, run: list[Candidate]) -> int:
    """Whether number 1 stands where the first page ends, or on the first lines of all."""
    above = len(survey.near(run[0].first - 1, -1, DEPTH))
    if above < DEPTH - 1:
        return 1
    first = survey.lines[run[0].first].start
    if len(run) == 1:
        return int(first > NEAREST)
    gaps = [distance(survey, a, b) / (b.number - a.number) for a, b in pairwise(run)]
    return 1 if first * 2 > median(gaps) else -2


def _beside(survey: Survey, run: list[Candidate]) -> frozenset[str]:
    """Shadows of lines that stand directly beside at least two members, and at least half of them.

    Figures may differ, in a time of printing, say. The title of the document counts from one place on.
    """
    counts: Counter[str] = Counter()
    repeated: set[str] = set()
    for side in (-1, 1):
        ends = [member.first - 1 if side < 0 else member.last + 1 for member in run]
        shadows = Counter(_figureless(survey.shadow(index)) for end in ends for index in survey.near(end, side, 1))
        # Chapter heads change: together they stand at most places.
        changing = {text: count for text, count in shadows.items() if count >= 2 and text}
        if sum(changing.values()) * 5 >= len(run) * 3:
            repeated |= changing.keys()
    found = [survey.near(member.first - 1, -1, 2) + survey.near(member.last + 1, 1, 2) for member in run]
    for near in found:
        texts = {_figureless(survey.shadow(index)) for index in near} - {""}
        counts.update(texts)
        if len(run) < 3 and min(near, default=0) > survey.top:
            counts.update(texts & {survey.shadow(survey.top)})
    repeated |= {text for text, count in counts.items() if count >= 2 and count * 2 >= len(run)}
    beside = {survey.shadow(index) for near in found for index in near}
    return frozenset(text for text in beside if _figureless(text) in repeated)


def _figureless(text: str) -> str:
    """The text without its figures, if it is words enough to be told by."""
    return _DIGITS.sub("0", text) if sum(map(str.isalpha, text)) >= 4 else text
