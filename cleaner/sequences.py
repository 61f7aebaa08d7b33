"""What makes a number a page number: the sequence it stands in, and where the sequence stands.

Lines of one template whose numbers rise are linked to a *chain*; two templates that take turns, one on the odd
pages and one on the even, make one chain together. A chain is accepted when the points of
the evidence reach :data:`ENOUGH`. "Weak" is every form without the word page in it; "unmarked" is a bare
number, one in brackets, one in a field of its own, and any form nobody has named.

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
unmarked, not at form feeds, uneven, no head          -9      nothing says page
in brackets, not at form feeds, no one line count     -9      formulas and notes stand inside sentences (but not
                                                              all of them beside the same four letters or more)
one or two in a field or of unknown form              -9      a coincidence, unless both stand inside sentences
unknown form that says what it counts (第 3 章)       -9      see ``counted`` in packs/markers.toml
unknown form that looks like code or skips numbers    -9      code, names of files, numbered sentences
====================================================  ======  ===============================================
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from cleaner.draft import Draft, Line
from cleaner.markers import MASK, Look, counts_something_else, may_hold_number, readings, shadow, total_piece
from cleaner.patterns import lazy

ENOUGH = 5
"""Points a chain needs: a named marker with its total (3 + 2), or any form with two strong signs."""

NEAREST = 100
"""Characters between two page numbers at least, unless form feeds mark the pages: verse has more."""

DEPTH = 3
"""Lines from a page edge within which furniture stands: head, second line of the head, number."""

_LOOK_POINTS: dict[Look, int] = {"named": 3, "glued": 3, "framed": 2, "field": 2, "bare": 0, "other": 0}
_WEAK: frozenset[Look] = frozenset({"framed", "bare", "field", "other"})
_UNMARKED: frozenset[Look] = frozenset({"bare", "field", "other"})
_SKIPPED = 3  # pages that may be missing between two neighbours of a chain
_TRIED = 8  # earlier places of one number that are tried: keeps the search linear in a text full of "1"

# A figure does not count as open: rows of tables and contents end in figures.
_OPEN = lazy(r"[\p{L}，,、—–‐\xad-]$")
_CLOSED = lazy(r"[。！？!?…；;：:.”」』’)）]$")
_STARTS_UNIT = lazy(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[、.．)）]|第[一二三四五六七八九十百零\d]{1,5}[章节節条條回编編篇]|[-*•·●]"
)
_LETTERS = lazy(r"\p{L}")
_DIGITS = lazy(r"\d+")
_CITED = lazy(r"(?:[年版社刊期卷册冊辑輯集]|》)[，,、]?$")
_SENTENCE_END = lazy(r"[。！？!?；;]$")
_INTRODUCES = lazy(r"[：:“「『]$")
_CODE = lazy(r"[=(){};'\"`\\\\<>$@&*+_]|//|[:;,。；，、]$")
PAGE = 10
"""Lines on a printed page at least, where their number is evidence."""

WHOLE = 300
"""Characters on a page at least, where a single number has to show by its place that it is one: half a sheet."""

LONG = 12
"""Characters from which a line can be one that ran on: a title or a table cell is mostly shorter."""


def printed_width(text: str) -> int:
    """About how wide it prints: Latin letters are half as wide as Han ones."""
    return 2 * len(text) - len(text.encode("latin-1", "ignore"))  # Latin-1 has just the narrow characters


def is_open(text: str) -> bool:
    """Whether a line breaks off: it ends in a letter, a comma or a dash."""
    return _OPEN.search(text) is not None


class Candidate(NamedTuple):
    """A line (or two pieces on neighbouring lines) that would be a page marker if its sequence proves it."""

    first: int
    last: int
    number: int
    total: int | None
    look: Look
    key: str


class Chain(NamedTuple):
    """Candidates of one template in rising order, and the points for taking them as page markers."""

    members: tuple[Candidate, ...]
    points: int


class Survey:
    """The lines of a draft as the page stages see them: shadows, page edges, neighbours."""

    def __init__(self, draft: Draft, lines: list[Line] | None = None) -> None:
        """``lines`` are those to look at, if they are not the draft's."""
        self.text = draft.text
        self.lines = draft.lines() if lines is None else lines
        self.breaks = list(self._breaks(draft)) if "\f" in draft.text else []
        self.edges = self._edges()
        self.totals: set[int] = set()
        """Every M of an ``N/M`` that was met."""
        self._shadows: dict[int, str] = {}
        self._filled = [line.number for line in self.lines if not line.blank]
        self.top = next((line.number for line in self.lines if not line.blank), 0)
        """The first line that is not blank: the title, or a running head."""

    @cached_property
    def punctuated(self) -> bool:
        """Whether sentences end in a mark; in verse without any, open lines prove nothing."""
        long = [line.text.rstrip() for line in self.lines if len(line.text) >= LONG]
        closed = sum(1 for text in long if _CLOSED.search(text[-1:]))
        return closed * 20 > len(long)

    @cached_property
    def paragraphs_on_lines(self) -> bool:
        """Whether hardly a long line breaks off: lines are paragraphs, none was printed and kept its line ends."""
        long = [line.text.rstrip() for line in self.lines if len(line.text) >= 2 * LONG]
        return sum(map(is_open, long)) * 3 <= len(long)

    @cached_property
    def measure(self) -> int:
        """What a full line measures: most of the longer lines are full where lines were printed."""
        widths = sorted(printed_width(line.text.strip()) for line in self.lines if len(line.text) >= LONG)
        return widths[len(widths) // 2] if widths else 0

    def shadow(self, index: int) -> str:
        """The shadow of a line, worked out once."""
        if index not in self._shadows:
            self._shadows[index] = shadow(self.lines[index].text)
        return self._shadows[index]

    def _breaks(self, draft: Draft) -> Iterator[int]:
        """Index of the first line after each form feed."""
        for line in self.lines:
            if "\f" in line.text:
                yield line.number if line.text.lstrip(" \t").startswith("\f") else line.number + 1

    def _edges(self) -> dict[int, tuple[int, int, int]]:
        """Where lines stand near form feeds: the page, counted by form feeds, and how many lines off."""
        edges: dict[int, tuple[int, int, int]] = {}
        if not self.breaks:
            return edges
        for page, index in enumerate([0, *self.breaks, len(self.lines)]):
            for side in (-1, 1):
                for depth, near in enumerate(self.near(index if side == 1 else index - 1, side, DEPTH)):
                    if near not in edges or edges[near][2] > depth:
                        edges[near] = (page, side, depth)
        return edges

    def at_edge(self, index: int) -> bool:
        """Whether the line is near a form feed, or near an end of a document that has them."""
        return index in self.edges

    def outside(self, index: int) -> set[str]:
        """Shadows of the lines between a line and the form feed it is near."""
        if index not in self.edges:
            return set()
        _, side, depth = self.edges[index]
        return {self.shadow(other) for other in self.near(index - side, -side, depth)}

    def page(self, index: int) -> int | None:
        """The page a line near a form feed is on."""
        if index not in self.edges:
            return None
        page, side, _ = self.edges[index]
        return page if side == 1 else page - 1

    def counts(self, borders: list[int]) -> list[int]:
        """How many lines that are not blank stand between neighbouring ``borders``."""
        return [bisect_left(self._filled, b) - bisect_right(self._filled, a) for a, b in pairwise(borders)]

    def ends(self, index: int, lines: int = 0) -> bool:
        """Whether no more than ``lines`` lines of text follow line ``index``."""
        return len(self.near(index + 1, 1, lines + 1)) <= lines

    def near(self, start: int, side: int, count: int) -> list[int]:
        """The first ``count`` lines that are not blank, from ``start`` in direction ``side``."""
        found: list[int] = []
        index = start
        # A page may end in a dozen blank lines; beyond that nothing is near.
        while 0 <= index < len(self.lines) and len(found) < count and abs(index - start) < 30:
            if not self.lines[index].blank:
                found.append(index)
            index += side
        return found

    def cuts(self, first: int, last: int, furniture: frozenset[str]) -> bool:
        """Whether lines ``first`` to ``last`` stand inside a sentence: open before, nothing new after."""
        before = next((i for i in self.near(first - 1, -1, 4) if self.shadow(i) not in furniture), None)
        after = next((i for i in self.near(last + 1, 1, 4) if self.shadow(i) not in furniture), None)
        if before is None or after is None or not self.punctuated:
            return False
        text, following = self.lines[before].text.strip(), self.lines[after].text.strip()
        if len(text) < LONG or not is_open(text) or _STARTS_UNIT.match(following):
            return False
        # Lines of English verse end bare too, but each begins with a capital.
        return not (text[-1].isascii() and following[:1].isupper())

    def in_repeated_passage(self, run: "list[Candidate]", furniture: frozenset[str]) -> bool:
        """Whether the text beyond the furniture is the same at most places: a licence, a table, a refrain."""
        for side in (-1, 1):
            texts = []
            for member in run:
                start = member.first - 1 if side < 0 else member.last + 1
                near = (i for i in self.near(start, side, DEPTH + 1) if self.shadow(i) not in furniture - {""})
                if (index := next(near, None)) is not None:
                    texts.append(_DIGITS.sub("0", self.lines[index].text.strip()))
            if len(texts) > 1 and len(set(texts)) * 2 <= len(texts):
                return True
        return False

    def begins_unit(self, index: int) -> bool:
        """Whether the line begins with the number of a heading or the mark of a list item."""
        return _STARTS_UNIT.match(self.lines[index].text.strip()) is not None

    def introduced(self, index: int) -> bool:
        """Whether the line before announces what the line says: ……上面写着："""
        before = self.near(index - 1, -1, 1)
        return bool(before) and _INTRODUCES.search(self.lines[before[0]].text.rstrip()) is not None

    def set_off(self, first: int, last: int) -> bool:
        """Whether blank lines stand before and after."""
        around = self.lines[max(0, first - 1)], self.lines[min(len(self.lines) - 1, last + 1)]
        return all(line.blank or first <= line.number <= last for line in around)

    def cited(self, candidate: Candidate) -> bool:
        """Whether the line before ends like a reference whose page number wrapped onto a line of its own."""
        before = self.near(candidate.first - 1, -1, 1)
        return bool(before) and _CITED.search(self.lines[before[0]].text.strip()) is not None


def candidates(survey: Survey) -> list[Candidate]:
    """Every line that could be a marker, once for each way to read it."""
    found: list[Candidate] = []
    for line in survey.lines:
        if line.blank or not may_hold_number(line.text):
            continue
        for reading in readings(line.text):
            last, total = line.number, reading.total
            if total is None and reading.look in ("named", "framed"):
                last, total = _second_piece(survey, line.number)
            if total is not None and reading.look == "framed":
                survey.totals.add(total)
            if total is not None and reading.number > total:
                continue
            look: Look = "named" if last > line.number else reading.look
            found.append(Candidate(line.number, last, reading.number, total, look, reading.key))
    return found


def _second_piece(survey: Survey, index: int) -> tuple[int, int | None]:
    """The line "共 16 页" that belongs to the marker at ``index``, if the next line is one."""
    for after in survey.near(index + 1, 1, 1):
        if after - index <= 3 and (total := total_piece(survey.lines[after].text)) is not None:
            return after, total
    return index, None


def chains(survey: Survey) -> list[Chain]:
    """The accepted chains, best first; no line is in two of them."""
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates(survey):
        groups[candidate.key].append(candidate)
    runs = [(run, len(group)) for group in groups.values() for run in _runs(survey, group)]
    judged = [
        Chain(tuple(run), points(survey, run, group))
        for run, group in runs
        if len(run) > 1 or _may_stand_alone(survey, run[0])
    ]
    judged += [Chain(tuple(run), points(survey, run, len(run))) for run in _by_turns([run for run, _ in runs])]
    taken: set[int] = set()
    accepted: list[Chain] = []
    for chain in sorted(judged, key=lambda chain: (-chain.points, chain.members[0].first)):
        members = tuple(member for member in chain.members if member.first not in taken)
        if chain.points < ENOUGH or len(members) < len(chain.members):
            continue
        accepted.append(chain)
        for member in members:
            taken.update(range(member.first, member.last + 1))
    return accepted


def _may_stand_alone(survey: Survey, one: Candidate) -> bool:
    """A quick no for most single lines, before any evidence is gathered."""
    if one.look not in ("named", "framed"):
        return False
    # A list of such lines, or a program's test.
    beside = survey.near(one.first - 1, -1, 1) + survey.near(one.last + 1, 1, 1)
    return all(survey.shadow(index) != survey.shadow(one.first) for index in beside)


def _runs(survey: Survey, group: list[Candidate]) -> Iterator[list[Candidate]]:
    """Split candidates of one template into runs of rising numbers, each linked to its best predecessor."""
    open_runs: dict[int, list[list[Candidate]]] = defaultdict(list)
    runs: list[list[Candidate]] = []
    for candidate in group:
        best: list[Candidate] | None = None
        best_cost = 4.0
        for step in range(1, _SKIPPED + 1):
            for run in open_runs[candidate.number - step][-_TRIED:]:
                cost = _link_cost(survey, run, candidate, step)
                if cost < best_cost:
                    best, best_cost = run, cost
        if best is None:
            best = []
            runs.append(best)
        else:
            open_runs[best[-1].number].remove(best)
        best.append(candidate)
        open_runs[candidate.number].append(best)
    yield from runs


def _by_turns(runs: list[list[Candidate]]) -> Iterator[list[Candidate]]:
    """Runs of two heads that take turns: one stands on the odd pages, another on the even ones.

    A run that leaves out every second number is completed by lines of one other template between its members.
    """
    every_second = [run for run in runs if _heads_a_page(run) and _steps(run) <= {2}]
    several, single = _by_number(run for run in every_second if len(run) > 1), _by_number(every_second)
    for run in every_second:
        if len(run) > 1 and run[0].number <= 2:
            whole = _completed(run, several) or _completed(run, single)
            if whole:
                yield whole


def _by_number(runs: Iterable[list[Candidate]]) -> dict[int, list[Candidate]]:
    places: dict[int, list[Candidate]] = defaultdict(list)
    for one in sorted((one for run in runs for one in run), key=lambda one: one.first):
        places[one.number].append(one)
    return places


def _completed(run: list[Candidate], places: dict[int, list[Candidate]]) -> list[Candidate]:
    """The run with the lines between its members, if they have the numbers it leaves out and one other template."""
    fills = [_first_after(places.get(run[0].number - 1, []), None, run[0])]
    fills += [
        _first_after(places.get(one.number + 1, []), one, other) for one, other in pairwise([*run, None]) if one
    ]
    others = [one for one in fills if one is not None and one.key != run[0].key]
    whole = sorted([*run, *others], key=lambda one: one.first)
    return whole if len({one.key for one in others}) == 1 and _steps(whole) == {1} else []


def _steps(run: list[Candidate]) -> set[int]:
    return {other.number - one.number for one, other in pairwise(run)}


def _heads_a_page(run: list[Candidate]) -> bool:
    """Whether it is words with a number; one line alone has it at one end."""
    key = run[0].key
    at_end = key.startswith(MASK) or key.endswith(MASK)
    return (
        run[0].look in ("other", "field", "glued")
        and (at_end or len(run) > 1)
        and len(_LETTERS.findall(key)) >= (3 if len(run) > 1 else 4)
        and not counts_something_else(key)
    )


def _first_after(found: list[Candidate], one: Candidate | None, other: Candidate | None) -> Candidate | None:
    """The first of ``found`` after one line and before another."""
    index = bisect_right(found, one.last, key=lambda candidate: candidate.first) if one else 0
    if index < len(found) and (other is None or found[index].first < other.first):
        return found[index]
    return None


def _link_cost(survey: Survey, run: list[Candidate], candidate: Candidate, step: int) -> float:
    """How badly ``candidate`` follows ``run``: pages missing, or of another size than before."""
    gap = distance(survey, run[-1], candidate)
    if not _on_other_pages(survey, run, candidate, gap):
        return 9.0
    cost = step - 1.0
    if len(run) > 1:
        earlier = distance(survey, run[-2], run[-1]) / (run[-1].number - run[-2].number)
        # With the number of a page its text may be missing too, or not.
        cost += min(_unlike(gap, earlier), _unlike(gap / step, earlier), 3.0) / 2
    if survey.at_edge(run[-1].first) != survey.at_edge(candidate.first):
        cost += 1.0
    return cost


def _unlike(one: float, other: float) -> float:
    return max(one, other) / max(1.0, min(one, other)) - 1


def _on_other_pages(survey: Survey, run: list[Candidate], candidate: Candidate, gap: int) -> bool:
    pages = survey.page(run[-1].first), survey.page(candidate.first)
    if None not in pages:
        return pages[0] != pages[1]
    if gap >= NEAREST:
        return True
    # The last page may hold a line or two, if the first one was a page.
    first = survey.lines[run[0].first].start >= NEAREST and (len(run) > 1 or run[0].number == 1)
    return first and survey.ends(candidate.last, 1 if len(run) > 1 else 0)


def distance(survey: Survey, one: Candidate, other: Candidate) -> int:
    return survey.lines[other.first].start - survey.lines[one.last].next


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
    def blind(self) -> bool:
        """Whether the places have nothing to do with the text, as page ends have not."""
        if self.cut and _keeps_line_count(self.run):
            return True
        return self.cut * 3 >= max(2, self.inner) * (2 if self.look == "other" else 1)


def _facts(survey: Survey, run: list[Candidate], group: int) -> _Facts:
    furniture = _beside(survey, run)
    inner = sum(1 for member in run if survey.top < member.first and not survey.ends(member.last))
    cut = sum(1 for member in run if survey.cuts(member.first, member.last, furniture))
    fed = _at_edges(survey, run, furniture) * 4 >= len(run) * 3
    return _Facts(run, group, furniture, inner, cut, fed, evenness(survey, run), _closing(survey, run))


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
    if facts.fed or facts.closing:
        return
    inside = facts.cut == len(run) > 2
    if facts.look in ("field", "other") and not inside and not _like_a_head(run):
        yield "not like a head", -9
    if facts.look == "bare" and key[0] in "([{" and not (_keeps_line_count(run) or _beside_a_head(facts)):
        yield "formulas or notes", -9
    if facts.by_turns:
        return
    if not facts.blind or not (facts.even or facts.furniture or facts.look == "field"):
        yield "nothing says page", -9


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
    return _DIGITS.sub("0", text) if len(_LETTERS.findall(text)) >= 4 else text


def evenness(survey: Survey, run: list[Candidate]) -> int:
    """2 for gaps that are nearly equal, 1 for gaps within the same order, 0 for others or none to compare."""
    gaps = [distance(survey, a, b) / (b.number - a.number) for a, b in pairwise(run)]
    lines = [(b.first - a.first) / (b.number - a.number) for a, b in pairwise(run)]
    first = survey.lines[run[0].first].start
    if run[0].number == 1 and first > NEAREST:
        gaps.insert(0, first)
        lines.insert(0, run[0].first)
    even = _even(gaps, lines)
    if even or len(run) < 3 or not survey.ends(run[-1].last, 1):
        return even
    return _even(gaps[:-1], lines[:-1])  # the last page is as long as it happens to be


def _even(gaps: list[float], lines: list[float]) -> int:
    if len(gaps) < 2:
        return 0
    if len(gaps) > 2 and (_spread(gaps) < 1.15 or _spread(lines) < 1.15):
        return 2
    return 1 if _spread(gaps) < 1.7 or _spread(lines) < 1.7 else 0


def _keeps_line_count(run: list[Candidate]) -> bool:
    """Whether five pages or more hold the same number of lines: printed ones do, poems and chapters never."""
    lines = [b.first - a.first for a, b in pairwise(run)]
    return len(run) >= 5 and _spread(lines) < 1.1


def _closing(survey: Survey, run: list[Candidate]) -> bool:
    """Whether pages of one line count end with their numbers, where the lines are printed ones.

    Chapters begin with theirs, formulas and notes stand anywhere. The document ends with the last number, or with
    a page that is not full.
    """
    if len(run) < 2 or _steps(run) != {1} or not survey.punctuated or survey.paragraphs_on_lines:
        return False
    first, *pages, rest = survey.counts([-1, *(member.first for member in run), len(survey.lines)])
    # The text may begin in the middle of page 87, or with a number on top of its first page.
    # After the last number a head may follow that belongs to it.
    *whole, last = [*([first] if run[0].number == 1 and first > 2 else []), *pages, *([rest] if rest > 2 else [])]
    if len(whole) < 2:
        return rest == 0 and first >= 2 * PAGE and last <= first
    alike = max(whole) - min(whole) <= min(1, len(whole) - 2) and min(whole) >= 2 * PAGE
    ends = rest == 0 and run[0].number == 1 and max(whole) <= 1.2 * min(whole) and min(whole) >= PAGE
    return (alike or ends) and max(first, last) <= 1.2 * max(whole)


def median(values: Iterable[float]) -> float:
    """The middle of some values, of which there is at least one.

    The module ``statistics`` takes 5 ms to import, a tenth of what a small file takes in all.

    >>> median([3, 1, 2]), median([4, 1, 2, 3])
    (2, 2.5)
    """
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _spread(gaps: Iterable[float]) -> float:
    """How far the gaps reach from their median, as a factor, the odd one out of five left aside."""
    values = list(gaps)
    middle = max(1.0, median(values))
    factors = sorted(max(value / middle, middle / max(1.0, value)) for value in values)
    return factors[len(factors) - 1 - len(factors) // 5]
