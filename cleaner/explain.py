"""Why: what was decided on a document, or on one of its lines, in words a person can check."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby

from cleaner import attempts, evidence, layout_gate, physical, pipeline
from cleaner.attempts import Attempt
from cleaner.config import DEFAULT, Config
from cleaner.diff import inline, visible
from cleaner.draft import Draft, Line
from cleaner.edits import Edit
from cleaner.errors import CleanerError
from cleaner.evidence import Term
from cleaner.measured import Layout
from cleaner.physical import HARD, INLINE
from cleaner.pieces import of_lines
from cleaner.stages import columns
from cleaner.suspicion import may_be_printed

# Characters of the line that are shown: it is there to be recognized.
_START = 60
_BREAKS = {"soft-break", "hard-break"}
# Nats: what rounds to nothing on both sides is left out.
_COUNTS = 0.05


def explain(name: str, data: bytes, number: int | None = None, config: Config = DEFAULT) -> Iterator[str]:
    r"""What was decided on the file ``name``, or on the line ``number`` of it, counted from 1.

    Raises :class:`cleaner.CleanerError` for bytes that are no text, and if there is no such line.

    >>> for line in explain("a.txt", "发现问 题及时报 告，不得延 误。\n".encode(), 1):
    ...     print(line)
    a.txt: 1 line, utf-8 (valid UTF-8)
    nothing shows that a printer broke its lines
    line 1: 发现问 题及时报 告，不得延 误。
      stray-space: a space inside Chinese text
        发现问[- -]题及时报 告，不得延 误。
      stray-space: a space inside Chinese text
        发现问 题及时报[- -]告，不得延 误。
      stray-space: a space inside Chinese text
        …现问 题及时报 告，不得延[- -]误。
      its line end stays
    """
    case = _Case(data, config)
    count = len(case.lines)
    if number is not None and not 1 <= number <= count:
        raise CleanerError(f"there is no line {number:,}; the last is {count:,}")
    yield f"{name}: {count:,} {'line' if count == 1 else 'lines'}, {case.read_as}"
    if case.result.guarded:
        yield f"left as it is: {case.result.guarded}"
    yield from _on_layout(case)
    if number is None:
        yield from _on_rules(case)
    else:
        yield from _on_line(case, case.lines[number - 1])


class _Case:
    """A document with what was found out about it, as far as it is asked for."""

    def __init__(self, data: bytes, config: Config) -> None:
        self.result = pipeline.clean(data, config)
        self.source = self.result.source
        self._config = config
        decoded = self.result.decoded
        self.read_as = f"{decoded.encoding} ({decoded.how})" if decoded else ""

    @cached_property
    def lines(self) -> list[Line]:
        return Draft(self.source).lines()

    @cached_property
    def draft(self) -> Draft:
        """The document as it was when its line ends were judged."""
        return pipeline.before("breaks", self.source, self._config)

    @cached_property
    def attempts(self) -> list[Attempt]:
        judged = may_be_printed(self.draft) and not layout_gate.is_structured(self.draft)
        return list(attempts.attempts(self.draft, of_lines(self.draft), sparing=False)) if judged else []

    @cached_property
    def attempt(self) -> Attempt | None:
        """The one that convinced."""
        return attempts.convincing(self.attempts)

    def decision_at(self, offset: int) -> int | None:
        """The piece of the attempt before which the line end at this offset of the source stands, if one does."""
        assert self.attempt
        pieces = self.attempt.case.pieces
        starts = [self.draft.source_offset(piece.start) for piece in pieces]
        index = bisect_right(starts, offset)
        if not 0 < index < len(pieces):
            return None
        end = self.draft.source_offset(pieces[index - 1].end - 1)
        return index if end < offset else None


# ---------------------------------------------------------------- the whole document


def _on_layout(case: _Case) -> Iterator[str]:
    if case.attempt:
        yield f"printed on {_described(case.attempt.reading.layout)}"
        yield f"  {case.attempt.gain:,.0f} nats likelier than that the author ended every line (6 are 400 to 1)"
        return
    if not may_be_printed(case.draft):
        yield "its lines end where sentences do, or are longer than a page is wide: no printer broke them"
        return
    if layout_gate.is_structured(case.draft):
        yield "its line ends are its structure, as in a table, a list or code: none is judged"
        return
    if any(edit.rule in _BREAKS for edit in case.result.edits):
        yield "no layout explains all of it; stretches were printed, each in a layout of its own"
        return
    yield "nothing shows that a printer broke its lines"
    for attempt in case.attempts:
        yield f"  {_described(attempt.reading.layout)} were thought of, but {attempt.fault}"


def _described(found: Layout) -> str:
    told = [f"lines of {found.width} cells"]
    if found.other:
        told.append(f"some of {found.other}")
    if found.indent:
        told.append(f"the first of a paragraph {found.indent} shorter for an indent that is lost")
    if found.flat:
        told.append("whose line ends became spaces" + (", those of paragraphs too" if found.merged else ""))
    if found.proportional:
        told.append("with Latin letters of different widths")
    return ", ".join(told)


def _on_rules(case: _Case) -> Iterator[str]:
    if case.result.pages and (words := str(case.result.pages)):
        yield words
    yield from _by_rule("edits:", case, case.result.edits)
    yield from _by_rule("not made:", case, case.result.skipped)


def _by_rule(heading: str, case: _Case, edits: Iterable[Edit]) -> Iterator[str]:
    """Of each rule how often, why, and the first place."""
    ranked = sorted(edits, key=lambda edit: (edit.rule, edit.reason))
    if ranked:
        yield heading
    for (rule, reason), group in groupby(ranked, key=lambda edit: (edit.rule, edit.reason)):
        same = sorted(group)
        yield f"{len(same):7,} × {rule}: {reason}"
        place = bisect_right([line.start for line in case.lines], same[0].start)
        yield f"          line {place}: {inline(case.source, same[0])}"


# ---------------------------------------------------------------- one line


def _on_line(case: _Case, line: Line) -> Iterator[str]:
    text = visible(line.text)
    yield f"line {line.number + 1}: {text[:_START]}{'…' if len(text) > _START else ''}"
    here = [edit for edit in case.result.edits if _touches(edit, line)]
    for edit in here:
        yield f"  {edit.rule}: {edit.reason}{_room(case, edit)}"
        yield f"    {inline(case.source, edit)}"
    why = "the guard" if case.result.guarded else "another edit has the place"
    for edit in case.result.skipped:
        if _touches(edit, line):
            yield f"  not made ({why}): {edit.rule}: {edit.reason}"
            yield f"    {inline(case.source, edit)}"
    if any(edit.rule == columns.RULE for edit in here):
        return  # what follows is another line now
    if not line.blank and line.next > line.end:
        yield from _on_line_end(case, line, next((edit for edit in here if edit.start <= line.end < edit.end), None))


def _room(case: _Case, edit: Edit) -> str:
    """For a break, how full its printed line was."""
    if edit.rule not in _BREAKS or case.attempt is None or (index := case.decision_at(edit.start)) is None:
        return ""
    return "" if case.attempt.reading.breaks[index] == INLINE else f" ({_width(case.attempt, index)})"


def _touches(edit: Edit, line: Line) -> bool:
    return edit.start < line.next and line.start < edit.end


def _on_line_end(case: _Case, line: Line, edit: Edit | None) -> Iterator[str]:
    gone = edit is not None and not set("\r\n") & set(edit.replacement)
    index = case.decision_at(line.end) if case.attempt else None
    if index is None or case.attempt is None:
        if not gone:
            yield "  its line end stays"
        return
    kind = case.attempt.reading.breaks[index]
    if kind == INLINE or gone == (kind == HARD):
        return  # what went was more than a line end, or another stage had the last word
    yield f"  its line end {'goes' if gone else 'stays'}; what speaks against the printer, and against the author:"
    terms = [term for term in _terms(case.attempt, index) if max(abs(term.soft), abs(term.hard)) >= _COUNTS]
    terms.append(Term("together", sum(term.soft for term in terms), sum(term.hard for term in terms)))
    yield f"    {'printer':>8} {'author':>8}  in nats"
    for term in terms:
        yield f"    {term.soft:8.1f} {term.hard:8.1f}  {term.name}"
    if (terms[-1].soft > terms[-1].hard) == gone:
        yield "    what it means for the lines around it, and the words of headings, weighed more"


def _width(attempt: Attempt, index: int) -> str:
    free, needed = attempt.reading.slack[index], attempt.case.pieces[index].token
    return f"{max(0.0, free):.0f} of {attempt.reading.layout.width} cells are free, what follows needs {needed:.0f}"


def _terms(attempt: Attempt, index: int) -> Iterator[Term]:
    case, reading = attempt.case, attempt.reading
    yield Term(_width(attempt, index), *physical.weigh(reading, case.pieces, index))
    yield from evidence.terms(
        case.pieces,
        case.learnt(reading.layout),
        index,
        gap=case.gaps.kinds[case.gaps.at[index - 1]],
        first=reading.first[index],
    )
