"""The damage guard: what share of a document its edits take away, and when that is more than any cleaning should."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cleaner.cells import HAN
from cleaner.edits import Edit
from cleaner.patterns import lazy_plain

# What stands so often is page furniture or an ad that returns; what stands twice may be a refrain.
_OFTEN = 3
# So little is one ad with its copyright notice, or what a site has around a short post (230 in 29 lines were seen),
# whatever the share.
_FEW_CHARACTERS = 250
_FEW_LINES = 30
# Mojibake shows three characters where two were written.
_STANDS_FOR = 2

_HANS = lazy_plain(f"{HAN.pattern}+")
_TWO_WORDS = lazy_plain(r"[A-Za-z],? [A-Za-z]")
_NUMBER = lazy_plain(r"[0-9〇零一二三四五六七八九十百]+")
_LINE_END = lazy_plain(r"[\r\n]+")


class Loss(NamedTuple):
    """What edits take from a document without putting anything in its place; repeated material is not counted."""

    characters: int
    """Han characters lost ..."""
    of_characters: int
    """... of so many."""
    lines: int
    """Written lines lost whole ..."""
    of_lines: int
    """... of so many."""
    rule: str
    """The rule that takes most; "" if nothing is lost."""

    @property
    def percent(self) -> float:
        """The larger of the two shares; 0 where so little is lost that no share says anything."""
        characters = 100 * self.characters / self.of_characters if self.characters > _FEW_CHARACTERS else 0.0
        lines = 100 * self.lines / self.of_lines if self.lines > _FEW_LINES else 0.0
        return max(characters, lines)


@dataclass(frozen=True, slots=True)
class Guarded:
    """Why a document was passed through unchanged."""

    loss: Loss
    limit: float
    """Percent."""

    def __str__(self) -> str:
        """Say it to a person, in one line.

        >>> print(Guarded(Loss(990, 1000, 40, 60, "my-rule"), 30.0))
        cleaning would take 99 % of the text, most of it by the rule "my-rule"; more than 30 % is never taken
        """
        return (
            f'cleaning would take {self.loss.percent:.0f} % of the text, most of it by the rule "{self.loss.rule}"; '
            f"more than {self.limit:g} % is never taken"
        )


def judge(source: str, edits: Sequence[Edit], limit: float) -> Guarded | None:
    """Say why ``edits`` must not be made, if they take more than ``limit`` percent of ``source``.

    >>> text = "他在山里走了很久，没有看见一个人，也没有听见一点声音。" * 20
    >>> judge(text, [Edit(10, 330, "", "mad", "")], 30.0).loss.characters
    285
    >>> judge(text, [Edit(10, 36, "", "ad", "")], 5.0)    # one sentence is an ad, whatever its share
    """
    if sum(edit.end - edit.start for edit in edits) <= _FEW_CHARACTERS or _few_visible(source, edits):
        return None  # the rule, and much quicker than to look at the text
    loss = measure(source, edits)
    return Guarded(loss, limit) if loss.percent > limit else None


def _few_visible(source: str, edits: Iterable[Edit]) -> bool:
    """Whether hardly more than white space goes, line ends mostly: then no line and no character of note is lost."""
    spans = (source[edit.start : edit.end] for edit in edits)
    return sum(len(span) for span in spans if not span.isspace()) <= _FEW_LINES


def measure(source: str, edits: Iterable[Edit]) -> Loss:
    """Count what ``edits`` take from ``source``.

    >>> page = "第{}页\\n他在山里走了很久。\\n"
    >>> def loss(pages):
    ...     text = "".join(page.format(n) for n in range(pages))
    ...     return measure(text, [Edit(at, at + 4, "", "page-marker", "") for at in range(0, len(text), 14)])
    >>> loss(2).lines, loss(3).lines    # what returns is the furniture of the pages
    (2, 0)
    """
    removed = list(_removed(source, edits))
    seen = Counter(piece.key for piece in removed)
    lost = [piece for piece in removed if seen[piece.key] < _OFTEN]
    rules: Counter[str] = Counter()
    for piece in lost:
        rules[piece.rule] += piece.han
    return Loss(
        sum(piece.han for piece in lost),
        _han(source),
        sum(piece.whole for piece in lost),
        sum(map(_written, _LINE_END.split(source))),
        rules.most_common(1)[0][0] if rules else "",
    )


class _Piece(NamedTuple):
    """A line that goes, or a part of one."""

    key: str
    """Without white space and numbers, by which pages differ."""
    han: int
    whole: bool
    """Whether it is a written line and goes whole."""
    rule: str


def _removed(source: str, edits: Iterable[Edit]) -> Iterator[_Piece]:
    for start, end, put, rule in _spans(source, edits):
        if source[start:end].isspace():  # line ends mostly, and thousands of them
            continue
        at = start
        for line in [source[start:end]] if put else _LINE_END.split(source[start:end]):
            at = source.index(line, at)
            stop = at + len(line)
            if key := _NUMBER.sub("0", "".join(line.split())):
                whole = not put and _at_line_end(source, at - 1) and _at_line_end(source, stop)
                han = max(0, _han(line) - _STANDS_FOR * put)
                yield _Piece(key, han, whole and _written(line), rule)
            at = stop


def _at_line_end(source: str, offset: int) -> bool:
    return not 0 <= offset < len(source) or source[offset] in "\r\n"


def _spans(source: str, edits: Iterable[Edit]) -> Iterator[tuple[int, int, int, str]]:
    """The spans edited, neighbours as one: start, end, Han characters put there, rule of the longest edit."""
    run: list[Edit] = []
    for edit in edits:
        if run and edit.start != run[-1].end:
            yield _span(run)
            run = []
        run.append(edit)
    if run:
        yield _span(run)


def _span(run: Sequence[Edit]) -> tuple[int, int, int, str]:
    longest = max(run, key=lambda edit: edit.end - edit.start) if len(run) > 1 else run[0]
    return run[0].start, run[-1].end, sum(_han(edit.replacement) for edit in run if edit.replacement), longest.rule


def _written(line: str) -> bool:
    """Whether somebody wrote it: it has a Han character or two words. Image data and rules of dashes have not."""
    return bool(HAN.search(line) or _TWO_WORDS.search(line))


def _han(text: str) -> int:
    # Runs, one after the other: a list of all the characters takes 25 times the memory of the text.
    return sum(found.end() - found.start() for found in _HANS.finditer(text))
