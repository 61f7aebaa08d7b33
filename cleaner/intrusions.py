"""Intrusions: lines that a page put into the middle of a sentence, where no author puts a line of his own.

A line, or two or three in a row, goes if the sentence before it breaks off, the line after it goes on with it, and

==============================  ==============================================================================
the line                        and around it
==============================  ==============================================================================
has a word of a page, and       a sentence of twelve characters or more before it, with a comma inside
hardly another
is short, in a block with one   the same; and other paragraphs end as sentences do, or the line before is a full
of those                        printed one
stands between marks that       the same; and other paragraphs end as sentences do, or the line before is a full
nobody sets in a sentence       printed one. In verse and songs neither is so, and 间奏 stands between such marks
stands in brackets, and has     the same; and the two halves meet in a word, or at a comma
a word of a page or a code
==============================  ==============================================================================

Brackets alone prove nothing: what was heard, what was done on the stage, a note stand in them. Nor does an address
alone: authors set those on lines of their own. A single arrow is a step of a chart.
"""

from collections.abc import Callable, Iterator

from cleaner.draft import Draft, Line
from cleaner.interface import Reading
from cleaner.patterns import lazy, lazy_plain
from cleaner.pieces import start_class
from cleaner.survey import LONG, printed_width
from cleaner.words import meet_in_word

_MOST = 3
"""Lines in a row at most."""
_SENTENCE_LENGTH = 12
_NAME = 12
"""A line of no more characters is short beside any other."""
_SHORTER = 0.7
"""A line of the text that ends in mid-sentence is as long as the one before; these are shorter than this share."""
_OTHER_WORDS = 0.5
_LONGEST = 60
_BLOCK, _SLIGHT, _HALF = 5, 48, 20
"""Lines of a block at most; characters of those in it that say nothing of a page, and of the sentence before."""
# Most paragraphs end as sentences do, where lines are paragraphs; most lines are full, where they were printed.
_ENDED, _FULL = 0.6, 0.4

_OPEN = lazy(r"[\p{Han}，、；]$")
# After the end of one sentence, the author's may begin on the same line.
_TWO_SENTENCES = lazy(r"[。！？]\p{Han}")
_STOP = lazy_plain("[。！？]")
_INNER = lazy(r"[，。；：！？“”、]")
_GOES_ON = lazy(r"[\p{Han}“，。]")
_CLOSED = lazy(r"[。！？!?…；;：:.”」』’)）】\]]$")
_MARKS = r"[+＋*＊=＝~～─━—–_◆◇■□▲△▼▽●○★☆※◎↓↑⟱⇩﹀︿|｜#＃-]"
# Two marks or more at both ends, or one of those that no text begins with.
_BETWEEN_MARKS = lazy(
    rf"{_MARKS}{{2,}}\s*[^\s].{{0,50}}?{_MARKS}{{2,}}|(?P<mark>[◆◇■▲△▼▽★☆◎]).{{2,50}}(?P=mark)"
    r"|(?:[◆◇■□▲△▼▽●○★☆◎﹀︿]\s*){3,}"
)
_BRACKETED = lazy(r"[(（\[［【〔〖<＜《].{2,56}[)）\]］】〕〗>＞》]")
# A time, a count of parts, letters and figures run together: what a machine writes.
_CODE = lazy(
    r"\d{1,2}:\d\d|\d[/／]\d|(?=[A-Za-z]{0,12}\d)(?=\d{0,12}[A-Za-z])[A-Za-z\d]{4,}"
    r"|(?i:https?:|www\.|\.com\b|@|©)"
)


def intrusions(draft: Draft, reading: Callable[[int], Reading], signed: Callable[[int], bool]) -> Iterator[int]:
    """The numbers of the lines; ``reading`` reads a line, ``signed`` says whether it has a word of a page.

    >>> from cleaner.interface import read
    >>> def found(line):
    ...     text = f"门开了，一个老人从里面走出来，手里提着一盏灯\\n{line}\\n笼，身上落满了雪。\\n他笑了。\\n"
    ...     draft = Draft(text)
    ...     return list(intrusions(draft, lambda number: read(draft.lines()[number].text), {1}.__contains__))
    >>> found("+++ 长按段落可发表评论 +++"), found("（笑）"), found("─── 间奏 ───")
    ([1], [], [1])
    """
    page = _Page(draft, reading, signed)
    found: set[int] = set()
    row: list[int] = []
    for line in draft.lines():
        if page.is_strange(line):
            row.append(line.number)
            continue
        if not row or line.blank:
            continue
        if len(row) <= _MOST:
            found.update(row if page.interrupts(row, line) else page.block(row))
        row = []
    yield from sorted(found)


class _Page:
    """A draft, and what its lines say of themselves."""

    def __init__(self, draft: Draft, reading: Callable[[int], Reading], signed: Callable[[int], bool]) -> None:
        self.draft = draft
        self.lines = draft.lines()
        self.reading = reading
        self.signed = signed
        self._printed: tuple[bool, int] | None = None

    def is_strange(self, line: Line) -> bool:
        """Whether a line could be none of the text's."""
        text = line.text.strip()
        if not 2 <= len(text) <= _LONGEST or text[-1] in "。，；、":
            return False
        framed = not (text[0].isalnum() or text[-1].isalnum())
        if not (framed or self.signed(line.number)) or _TWO_SENTENCES.search(text):
            return False
        return self._speaks(line.number) or (framed and (self._is_marked(text) or self._is_coded(line.number, text)))

    def _speaks(self, number: int) -> bool:
        """Whether a line has a word of a page and hardly another."""
        if not self.signed(number):
            return False
        reading = self.reading(number)
        says = reading.proof > 0 or reading.loose or (reading.points > 0 and not reading.other)
        return says and reading.other <= _OTHER_WORDS

    def _say_enough(self, row: list[int]) -> bool:
        """Whether lines are surely in the words of a page: one of those words may be anybody's, two are not."""
        readings = [self.reading(number) for number in row if self._speaks(number)]
        return any(each.proof or each.loose for each in readings) or sum(each.points for each in readings) > 1

    def block(self, row: list[int]) -> list[int]:
        """The lines between two halves of a sentence, those of ``row`` among them; none if it is in no sentence."""
        if not self._say_enough(row):
            return []
        above, below = self._slight(row[0], -1), self._slight(row[-1], 1)
        for up in range(len(above) + 1):
            for down in range(len(below) + 1):
                whole = [*reversed(above[:up]), *row, *below[:down]]
                after = self.draft.neighbour(whole[-1], 1)
                if len(whole) <= _BLOCK and after is not None and self._parts(whole, self.lines[after]):
                    return whole
        return []

    def _slight(self, number: int, step: int) -> list[int]:
        """The lines on one side that may belong to a page: short, and none the end of a sentence."""
        found: list[int] = []
        other = self.draft.neighbour(number, step)
        while other is not None and len(found) < _MOST:
            text = self.lines[other].text.strip()
            if len(text) > _SLIGHT or text[-1] in "。，；、！：" or start_class(text) in "BL":
                break
            found.append(other)
            other = self.draft.neighbour(other, step)
        return found

    def _parts(self, block: list[int], after: Line) -> bool:
        """Whether a block stands between two halves of a sentence of prose that has lines longer than any of it."""
        before = self.draft.neighbour(block[0], -1)
        if before is None:
            return False
        text = self.lines[before].text.strip()
        longest = max(len(self.lines[number].text.strip()) for number in block)
        if longest > _SHORTER * len(text) or longest > _SHORTER * len(after.text.strip()):
            return False
        begun = len(text) >= _HALF and self._has_begun(before)
        return begun and self._is_cut(text, after.text) and self._is_prose(text)

    def _has_begun(self, number: int) -> bool:
        """Whether a sentence ended in the line or shortly before it: over the title there may be open lines."""
        above: int | None = number
        for _ in range(_BLOCK):
            if above is None:
                return False
            if _STOP.search(self.lines[above].text):
                return True
            above = self.draft.neighbour(above, -1)
        return False

    def _is_marked(self, text: str) -> bool:
        return bool(_BETWEEN_MARKS.fullmatch(text))

    def _is_coded(self, number: int, text: str) -> bool:
        return bool(_BRACKETED.fullmatch(text)) and (self.signed(number) or bool(_CODE.search(text)))

    def interrupts(self, row: list[int], after: Line) -> bool:
        """Whether the lines of ``row`` stand in the middle of a sentence that goes on in ``after``."""
        before = self.draft.neighbour(row[0], -1)
        if before is None or not self._is_cut(self.lines[before].text.strip(), after.text):
            return False
        if any(self.signed(number) and self.reading(number).points for number in (before, after.number)):
            return False  # the lines of a letter's head, of a form
        text = self.lines[before].text.strip()
        texts = [self.lines[number].text.strip() for number in row]
        short = all(len(said) <= max(_NAME, _SHORTER * len(text)) for said in texts)
        if short and self._say_enough(row) and all(self._speaks(number) for number in row):
            return True
        if not self._is_prose(text):
            return False
        meets = text[-1] in "，、" or meet_in_word(text, after.text.lstrip())
        said_enough = self._say_enough(row)
        return all(
            (said_enough and self._speaks(number)) or self._is_marked(said) or meets
            for number, said in zip(row, texts, strict=True)
        )

    def _is_cut(self, before: str, after: str) -> bool:
        return (
            len(before) >= _SENTENCE_LENGTH
            and bool(_OPEN.search(before) and _INNER.search(before) and _GOES_ON.match(after))
            and start_class(after) not in "BL"
        )

    def _is_prose(self, before: str) -> bool:
        """Whether an open line shows that something was put behind it: paragraphs end, or the line is a full one."""
        if self._printed is None:
            self._printed = self._measure()
        ended, measure = self._printed
        return ended or (measure > 0 and 10 * printed_width(before) >= 9 * measure)

    def _measure(self) -> tuple[bool, int]:
        """Whether most lines end as sentences do, and what a full line measures; 0 if few lines are full."""
        long = [line.text.strip() for line in self.lines if len(line.text) >= LONG and not self.is_strange(line)]
        ended = sum(1 for text in long if _CLOSED.search(text))
        widths = sorted(map(printed_width, long))
        middle = widths[len(widths) // 2] if widths else 0
        full = sum(1 for width in widths if abs(width - middle) <= 2)
        return ended >= _ENDED * len(long), middle if full >= _FULL * len(long) else 0
