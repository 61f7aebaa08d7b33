"""Chains of page numbers: lines of one template whose numbers rise, and two templates that take turns.

Two heads that take turns, one on the odd pages and one on the even, make one chain together. Which chains are page
numbers is judged by :mod:`cleaner.page_evidence`.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from cleaner.markers import ANY, MASK, Look, counts_something_else, may_hold_number, readings, total_piece
from cleaner.page_evidence import ENOUGH, points
from cleaner.page_sizes import steps
from cleaner.patterns import lazy
from cleaner.survey import NEAREST, Candidate, Survey, distance

_SKIPPED = 3  # pages that may be missing between two neighbours of a chain
_TRIED = 8  # earlier places of one number that are tried: keeps the search linear in a text full of "1"
_LETTERS = lazy(r"\p{L}")


class Chain(NamedTuple):
    """Candidates of one template in rising order, and the points for taking them as page markers."""

    members: tuple[Candidate, ...]
    points: int


def candidates(survey: Survey) -> list[Candidate]:
    """Every line that could be a marker, once for each way to read it."""
    found: list[Candidate] = []
    figured = set(survey.figured)
    for line in survey.lines:
        if not may_hold_number(line.text, line.number in figured) or line.blank:
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
    groups = {key: _without_line_numbers(survey, key, group) for key, group in groups.items()}
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


def _without_line_numbers(survey: Survey, key: str, group: list[Candidate]) -> list[Candidate]:
    """The candidates but for those beside which the next number stands: on line after line, it counts lines.

    Only where the words beside the number are none of its form: two empty pages may have their numbers in a row.
    """
    if ANY not in key:
        return group
    at = {candidate.first: candidate.number for candidate in group}
    return [
        candidate
        for candidate in group
        if not any(
            at.get(other) == candidate.number + side
            for side in (-1, 1)
            for other in survey.near(candidate.first + side, side, 1)
        )
    ]


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
    every_second = [run for run in runs if _heads_a_page(run) and steps(run) <= {2}]
    several, single = _by_number(run for run in every_second if len(run) > 1), _by_number(every_second)
    for run in every_second:
        if len(run) > 1:
            whole = _completed(run, several) or _completed(run, single)
            if whole and (run[0].number <= 2 or len(whole) > 3):
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
    return whole if len({one.key for one in others}) == 1 and steps(whole) == {1} else []


def _heads_a_page(run: list[Candidate]) -> bool:
    """Whether it is words with a number; one line alone has it at one end."""
    key = run[0].key
    at_end = key.startswith(MASK) or key.endswith(MASK)
    return (
        run[0].look in ("other", "field", "glued")
        and (at_end or len(run) > 1)
        and (ANY in key or len(_LETTERS.findall(key)) >= (3 if len(run) > 1 else 4))
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
