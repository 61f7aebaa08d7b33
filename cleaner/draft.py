"""The draft: the text as it stands after the stages so far, with a map back to the source."""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from cleaner.edits import Edit, compose
from cleaner.narrow import narrow
from cleaner.patterns import lazy_plain
from cleaner.uncommon import uncommon

T = TypeVar("T")


class Line(NamedTuple):
    """One line of a draft.

    ``start`` and ``end`` enclose its text without the line end; ``next`` is where the following
    line starts. All three are offsets in ``Draft.text``.
    """

    number: int
    start: int
    end: int
    next: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether there is nothing but white space on it."""
        return not self.text or self.text.isspace()  # ``strip`` would make a copy of the line


class Draft:
    """What a stage reads, and where it makes its edits.

    A stage works on ``text``, in which the edits of earlier stages are already carried out: it sees a
    sentence whole although a page marker stood in it. :meth:`replace` turns a span of ``text`` into
    edits of the source, stepping around what is already gone.

    >>> draft = Draft("无小\\n第2页\\n事", [Edit(3, 7, "", "page-marker", "")])
    >>> draft.text
    '无小\\n事'
    >>> [(edit.start, edit.end) for edit in draft.replace(1, 4, "", "x", "")]
    [(1, 3), (7, 8)]
    """

    __slots__ = (
        "_found", "_lines", "_origins", "_removals", "_shown", "_starts", "_tail", "below", "edits", "source", "text",
    )  # fmt: skip

    def __init__(self, source: str, edits: Iterable[Edit] = (), below: "Draft | None" = None) -> None:
        """``edits`` are in order and do not overlap."""
        self.source = source
        self.below = below
        """The draft whose text is the source of this one, if something was moved; see :meth:`moved`."""
        self.edits = tuple(edits)
        # Of each chunk of ``text`` where it starts there and in the source, and the edit it shows, if it does. There
        # are tens of thousands: numbers in an array take an eighth of the memory of tuples.
        self._starts = array("q")
        self._origins = array("q")
        self._shown: dict[int, Edit] = {}
        self._removals: tuple[int, ...] | None = None
        self._lines: list[Line] | None = None
        self._found: dict[Callable[[Draft], Any], Any] = {}
        self._tail: int | None = None
        pieces: list[str] = []
        at = position = 0
        for edit in self.edits:
            start = edit.start
            if start > position:
                self._starts.append(at)
                self._origins.append(position)
                pieces.append(source[position:start])
                at += start - position
            if edit.replacement:
                self._shown[len(self._starts)] = edit
                self._starts.append(at)
                self._origins.append(start)
                pieces.append(edit.replacement)
                at += len(edit.replacement)
            position = edit.end
        if position < len(source) or not self._starts:
            self._starts.append(at)
            self._origins.append(position)
            pieces.append(source[position:])
        self.text = "".join(pieces) if self.edits else source

    @property
    def removals(self) -> tuple[int, ...]:
        """Offsets in ``text`` at which something that could be seen was deleted, in order."""
        if self._removals is None:
            drift = 0
            found: list[int] = []
            for edit in self.edits:
                if not edit.replacement and _VISIBLE.search(self.source, edit.start, edit.end):
                    found.append(edit.start + drift)
                drift += len(edit.replacement) - (edit.end - edit.start)
            self._removals = tuple(found)
        return self._removals

    def lines(self) -> list[Line]:
        """The lines of ``text``; they end at ``\\n``, ``\\r\\n`` or ``\\r`` and nowhere else."""
        if self._lines is None:
            self._lines = list(_split(self.text))
        return self._lines

    def line_texts(self) -> Iterator[tuple[int, str]]:
        """Where each line starts and its text; lines that are not there yet are not made for this."""
        if self._lines is None and "\r" not in self.text:
            texts = self.text.split("\n")
            return zip(accumulate((len(text) + 1 for text in texts), initial=0), texts, strict=False)
        return ((line.start, line.text) for line in self.lines())

    @property
    def narrow(self) -> bytes:
        """What of ``text`` is in the first 256 characters: see :func:`cleaner.narrow.narrow`."""
        return self.once(_narrow)

    @property
    def uncommon(self) -> frozenset[str]:
        """The characters of ``text`` that prose hardly has: see :func:`cleaner.uncommon.uncommon`."""
        return self.once(_uncommon)

    @property
    def has_gaps(self) -> bool:
        """Whether ``text`` has two spaces in a row."""
        return self.once(_has_gaps)

    def holds(self, *words: str) -> bool:
        """Whether ``text`` has one of the words; those in ASCII cost nothing where it is Chinese and has none."""
        return any(word in self.text for word in words if not word.isascii() or word.encode() in self.narrow)

    def forget(self) -> None:
        """Let go of the lines and of what was found out: most of a large document, and it can be had again."""
        self._lines = None
        self._found.clear()

    def neighbour(self, number: int, step: int) -> int | None:
        """The next line in the direction of ``step`` (1 or -1) that is not blank, two away at most."""
        lines = self.lines()
        for other in (number + step, number + 2 * step):
            if 0 <= other < len(lines) and not lines[other].blank:
                return other
        return None

    def once(self, find: Callable[["Draft"], T]) -> T:
        """``find(self)``, found out once: a draft does not change, and several stages ask the same of it."""
        if find not in self._found:
            self._found[find] = find(self)
        found: T = self._found[find]
        return found

    def _last_text(self) -> int:
        """Index of the last line that is not blank."""
        if self._tail is None:
            lines = self.lines()
            self._tail = next((line.number for line in reversed(lines) if not line.blank), 0)
        return self._tail

    def moved(self) -> "Draft":
        """A draft of the text as it now stands, which what is done from now on takes for the source.

        Text that was moved is the replacement of an edit, and nothing inside that could be edited any more.
        """
        return Draft(self.text, below=self)

    @property
    def all_edits(self) -> tuple[Edit, ...]:
        """The edits of the very source, those from before something was moved among them.

        >>> draft = Draft("甲 乙\\n", [Edit(0, 3, "乙\\n甲", "x", "")]).moved()
        >>> [(edit.start, edit.end, edit.replacement) for edit in Draft(draft.source, draft.delete(1, 2, "y", ""),
        ...                                                             draft.below).all_edits]
        [(0, 3, '乙甲')]
        """
        return compose(self.below.source, self.below.all_edits, self.edits) if self.below else self.edits

    def source_offset(self, offset: int) -> int:
        """The place in the very source of the character at ``offset`` of ``text``."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        place = self._origins[index] + (0 if index in self._shown else offset - self._starts[index])
        return self.below.source_offset(place) if self.below else place

    def replace(self, start: int, end: int, replacement: str, rule: str, reason: str) -> list[Edit]:
        """Edits of the source that put ``replacement`` for ``text[start:end]``, a span that is not empty.

        What earlier stages deleted inside the span stays deleted under their name; what they replaced
        (a no-break space by a space, say) becomes part of the new edit. Without that, a later stage
        could not remove a character that an earlier one had only tidied.
        """
        index = max(0, bisect_right(self._starts, start) - 1)
        if index not in self._shown and (index + 1 == len(self._starts) or self._starts[index + 1] >= end):
            drift = self._origins[index] - self._starts[index]  # nothing was changed here, as nearly always
            if drift:  # else they stay the objects they are: there are tens of thousands
                start, end = start + drift, end + drift
            return [Edit(start, end, replacement, rule, reason)]
        edits: list[Edit] = []
        while index < len(self._starts) and self._starts[index] < end:
            if shown := self._shown.get(index):
                low, high = shown.start, shown.end
            else:
                drift = self._origins[index] - self._starts[index]
                chunk_end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
                low, high = max(start, self._starts[index]) + drift, min(end, chunk_end) + drift
            if edits and edits[-1].end == low:
                edits[-1] = Edit(edits[-1].start, high, edits[-1].replacement, rule, reason)
            else:
                edits.append(Edit(low, high, "" if edits else replacement, rule, reason))
            index += 1
        return edits

    def delete(self, start: int, end: int, rule: str, reason: str) -> list[Edit]:
        """Edits of the source that take ``text[start:end]`` out."""
        return self.replace(start, end, "", rule, reason)

    def delete_lines(self, first: int, last: int, rule: str, reason: str) -> list[Edit]:
        """Edits that take out lines ``first`` to ``last`` and what :meth:`lines_span` adds to them."""
        return self.delete(*self.lines_span(first, last), rule, reason)

    def lines_span(self, first: int, last: int) -> tuple[int, int]:
        """The stretch of ``text`` that lines ``first`` to ``last`` leave (indices into :meth:`lines`, both included).

        The line end goes with them. Where blank lines stood on both sides, those after the gap go too,
        so that a marker between two paragraphs leaves the author's one blank line and not two. At the end of the text
        those before it go.
        """
        lines = self.lines()
        end = lines[last].next
        if last >= self._last_text():
            while first and lines[first - 1].blank:
                first -= 1
        if first == 0 or lines[first - 1].blank:
            after = last + 1
            while after < len(lines) and lines[after].blank:
                end = lines[after].next
                after += 1
        return lines[first].start, end


# A line end, a form feed or anything with ink: not a zero-width space, a soft hyphen or the twin of a letter.
_VISIBLE = lazy_plain(
    r"[\n\r\f]|[^\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2060-\u2064\ufeff\u2e80-\u2fd5\uf900-\ufaff]"
)


def _narrow(draft: Draft) -> bytes:
    return narrow(draft.text)


def _has_gaps(draft: Draft) -> bool:
    return draft.holds("  ")


def _uncommon(draft: Draft) -> frozenset[str]:
    return uncommon(draft.text)


# ``str.splitlines`` would also break at U+0085, U+2028, a form feed and \x1c: not line ends here.
_LINE_END = lazy_plain(r"\r\n|\r|\n")


def _split(text: str) -> Iterator[Line]:
    if "\r" not in text:  # as a rule; without the pattern it takes a third of the time
        texts = text.split("\n")
        start = 0
        for number, each in enumerate(texts[:-1]):
            end = start + len(each)
            following = end + 1
            yield Line(number, start, end, following, each)
            start = following  # the same number twice is one object: a tenth of what a line takes
        if texts[-1]:
            yield Line(len(texts) - 1, start, len(text), len(text), texts[-1])
        return
    start = number = 0
    for found in _LINE_END.finditer(text):
        yield Line(number, start, found.start(), found.end(), text[start : found.start()])
        start = found.end()
        number += 1
    if start < len(text):
        yield Line(number, start, len(text), len(text), text[start:])
