"""The diff: what a cleaning changes, for a person to read, in paragraphs as long as they may be.

It is made from the edits, not by comparing two texts: so it is exact, says which rule did what, and takes time in
proportion to the text. Of a long line only what stands beside a change is shown.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from cleaner import cells
from cleaner.edits import Edit, invert
from cleaner.patterns import lazy_plain
from cleaner.pipeline import Result
from cleaner.stages import line_ends

# Cells of unchanged text shown on either side of a change.
_CONTEXT = 24
# Characters of a removed passage that are shown: image data may have a million.
_HEAD, _TAIL = 160, 40
_MORE = "…"
_LINE_END_SIGN = "⏎"

_LINE_END = lazy_plain(r"\r\n|\r|\n")
# What a reader would not see, and what a terminal would obey.
_UNSEEN = lazy_plain("[\0-\x08\x0b-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ue000-\uf8ff\ufeff]")

_RED, _GREEN, _CYAN, _BOLD, _MARK, _UNMARK, _OFF = (f"\x1b[{code}m" for code in (31, 32, 36, 1, 7, 27, 0))


def diff(result: Result, name: str, *, colour: bool = False) -> Iterator[str]:
    r"""The lines of a unified diff of the file ``name``, none if its text stays as it is.

    What goes stands in ``[-…-]``, what comes in ``{+…+}``; with ``colour`` both are highlighted instead.

    >>> from cleaner.pipeline import clean
    >>> print("\n".join(diff(clean("发现问 题及时报 告，不得延 误。\n"), "a.txt")))
    --- a.txt
    +++ a.txt, cleaned
    @@ -1 +1 @@ stray-space ×3
    -发现问[- -]题及时报[- -]告，不得延[- -]误。
    +发现问题及时报告，不得延误。
    >>> list(diff(clean("发现问题及时报告，不得延误。\n"), "a.txt"))
    []
    """
    other = result.encoding not in (None, "utf-8")
    if not (result.edits or other or result.guarded):
        return
    paint = _Paint(colour)
    yield paint.head(f"--- {name} ({result.encoding})" if other else f"--- {name}")
    yield paint.head(f"+++ {name}, cleaned (utf-8)" if other else f"+++ {name}, cleaned")
    if result.guarded:
        yield paint.note(f"left as it is: {result.guarded}")
    ends = Counter(edit.reason for edit in result.edits if edit.rule == line_ends.RULE)
    for reason, count in ends.items():
        yield paint.note(f"{count:,} × {reason}")
    starts, starts_after = _line_starts(result.source), _line_starts(result.text)
    for hunk in _hunks(result):
        before, after = list(_shown(hunk.before, paint.removed)), list(_shown(hunk.after, paint.inserted))
        old, new = _span(starts, hunk.start, len(before)), _span(starts_after, hunk.start_after, len(after))
        yield paint.hunk(f"@@ -{old} +{new} @@ {hunk.rules}")
        yield from (paint.line("-", line) for line in before)
        yield from (paint.line("+", line) for line in after)


def inline(source: str, edit: Edit) -> str:
    """An edit on one line, with what stands beside it.

    >>> inline("没有写\\n完的话\\n", Edit(3, 4, "", "soft-break", ""))
    '没有写[-⏎-]完的话'
    """
    texts = _short(source[edit.start : edit.end]), _short(edit.replacement)
    gone, come = (visible(_LINE_END.sub(_LINE_END_SIGN, text)) for text in texts)
    marks = (f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else "")
    return visible(_lead(source, edit.start)) + marks + visible(_tail(source, edit.end))


@dataclass(frozen=True, slots=True)
class _Paint:
    """How the kinds of line look, and what is changed in them."""

    colour: bool

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{_OFF}" if self.colour else text

    def head(self, text: str) -> str:
        return self._in(_BOLD, text)

    def note(self, text: str) -> str:
        return self._in(_CYAN, f"# {text}")

    def hunk(self, text: str) -> str:
        return self._in(_CYAN, text)

    def line(self, sign: str, text: str) -> str:
        return self._in(_RED if sign == "-" else _GREEN, sign + text)

    def removed(self, text: str) -> str:
        return f"{_MARK}{text}{_UNMARK}" if self.colour else f"[-{text}-]"

    def inserted(self, text: str) -> str:
        return f"{_MARK}{text}{_UNMARK}" if self.colour else f"{{+{text}+}}"


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of one side of a hunk."""

    text: str
    changed: bool = False
    """Whether the other side has something else there."""


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Changes that stand close to each other, with what is beside them."""

    start: int
    """Where it starts in the source."""
    start_after: int
    """Where it starts in the cleaned text."""
    rules: str
    before: tuple[_Part, ...]
    after: tuple[_Part, ...]


def _hunks(result: Result) -> Iterator[_Hunk]:
    source = result.source
    for group in _groups(result):
        (first, inverse), (last, _) = group[0], group[-1]
        lead, tail = _lead(source, first.start), _tail(source, last.end)
        before, after = [_Part(lead)], [_Part(lead)]
        position = first.start
        for edit, _ in group:
            same = _Part(source[position : edit.start])
            before += same, _Part(_short(source[edit.start : edit.end]), changed=True)
            after += same, _Part(edit.replacement, changed=True)
            position = edit.end
        if not (_line_over(before) and _line_over(after)):  # else whole lines go, and nothing beside them
            before.append(_Part(tail))
            after.append(_Part(tail))
        shown = len(lead.removeprefix(_MORE))
        rules = _counted(edit.rule for edit, _ in group)
        yield _Hunk(first.start - shown, inverse.start - shown, rules, _merged(before), _merged(after))


def _groups(result: Result) -> Iterator[list[tuple[Edit, Edit]]]:
    """The edits, each with its inverse, those together between which too little stands to be left out."""
    group: list[tuple[Edit, Edit]] = []
    for edit, inverse in zip(result.edits, invert(result.source, result.edits), strict=True):
        if edit.rule == line_ends.RULE:
            continue
        if group and not _near(result.source[group[-1][0].end : edit.start]):
            yield group
            group = []
        group.append((edit, inverse))
    if group:
        yield group


def _near(between: str) -> bool:
    """Whether two changes are shown together: after a line end both sides are in step again."""
    return len(between) <= 2 * _CONTEXT >= cells.width(between) and not _LINE_END.search(between)


def _lead(text: str, end: int) -> str:
    """What stands on the line before ``end``, or the last cells of it."""
    start = end
    room = _CONTEXT
    while start and text[start - 1] not in "\r\n" and room > 0:
        start -= 1
        room -= cells.width(text[start])
    return ("" if start == 0 or text[start - 1] in "\r\n" else _MORE) + text[start:end]


def _tail(text: str, start: int) -> str:
    """What stands on the line from ``start`` on, or the first cells of it."""
    end = start
    room = _CONTEXT
    while end < len(text) and text[end] not in "\r\n" and room > 0:
        room -= cells.width(text[end])
        end += 1
    return text[start:end] + ("" if end == len(text) or text[end] in "\r\n" else _MORE)


def _short(passage: str) -> str:
    """A passage without its middle, if that is long."""
    left_out = len(passage) - _HEAD - _TAIL
    if left_out <= _TAIL:
        return passage
    return f"{passage[:_HEAD]}{_MORE}({left_out:,} characters){_MORE}{passage[-_TAIL:]}"


def _line_over(parts: Iterable[_Part]) -> bool:
    """Whether the side so far ends where a line does."""
    text = "".join(part.text for part in parts)
    return not text or text[-1] in "\r\n"


def _merged(parts: Iterable[_Part]) -> tuple[_Part, ...]:
    """The parts that hold something, neighbours of a kind as one."""
    full = (part for part in parts if part.text)
    return tuple(
        _Part("".join(part.text for part in group), changed)
        for changed, group in groupby(full, key=lambda part: part.changed)
    )


def _counted(rules: Iterable[str]) -> str:
    return ", ".join(f"{rule} ×{count}" if count > 1 else rule for rule, count in Counter(rules).items())


# ---------------------------------------------------------------- printing


def _shown(parts: Iterable[_Part], mark: Callable[[str], str]) -> Iterator[str]:
    """The lines of one side; a line end that is changed shows as a sign."""
    line = ""
    for part in parts:
        position = 0
        for end in [*(found.end() for found in _LINE_END.finditer(part.text)), len(part.text)]:
            piece = part.text[position:end]
            ended = piece.endswith(("\r", "\n"))
            text = visible(piece.rstrip("\r\n")) + (_LINE_END_SIGN if part.changed and ended else "")
            line += mark(text) if part.changed and text else text
            if ended:
                yield line
                line = ""
            position = end
    if line:
        yield line


def visible(text: str) -> str:
    return _UNSEEN.sub(lambda found: f"<U+{ord(found.group()):04X}>", text)


def _span(starts: Sequence[int], start: int, lines: int) -> str:
    """A stretch of lines as in every unified diff: where it starts and, unless it is one line, how many."""
    first = bisect_right(starts, start)
    return f"{first}" if lines == 1 else f"{first},{lines}"


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in _LINE_END.finditer(text))]
