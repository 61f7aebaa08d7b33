"""Page lines: the lines of a document that a page says around its text, found step by step.

``cleaner/interface.py`` reads a line in the words of a page; here the lines around it decide:

====================  ====================================================================================
reading of a line     taken when
====================  ====================================================================================
sure                  always
weak or better        the same comes three times or more with other numbers; or lines like it stand in a
                      row and have six points together
any                   the line stands in the middle of a sentence (:mod:`cleaner.intrusions`), or in a block
                      that comes again between passages (:mod:`cleaner.returning_blocks`)
told                  the document has other chrome or ads
weak                  beside chrome
half                  between chrome; or beside it, in the head or the tail of the document
notice of a site      beside chrome, in the tail
any                   in the tail, between chrome, or in the list that a heading of related pages opens
name, title again     beside chrome: a word of the chrome, or a line that stood at the head already
====================  ====================================================================================

The *head* is what stands before the first sentence, the *tail* what stands after the last one; the tail counts as a
page's only with two lines of chrome in it and much more text before it; a line that comes on every page proves none.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, groupby, islice, pairwise, takewhile

from cleaner.draft import Draft, Line
from cleaner.field_rows import is_field_row
from cleaner.glued_words import GLUED, POINTERS
from cleaner.interface import LONGEST, NOTHING, Reading, cells, is_path, notice_words, read, signs
from cleaner.intrusions import intrusions
from cleaner.patterns import lazy, lazy_plain
from cleaner.pieces import start_class
from cleaner.returning_blocks import returning_blocks
from cleaner.rules import builtin, words
from cleaner.traditional import simplified

# Points of lines in a row that prove each other; points of a tail that prove it to be a page's.
_TOGETHER = 6
# As many words of a site's notices make a sentence one.
_NOTICE = 3
# One of them in so many characters, or Latin words.
_THINNEST = 16
# A line that ends without a sentence's mark and is no longer than this may be a heading, a name, a title.
_BARE = 60
# Lines that say nothing about themselves, for every point of the chrome they stand between.
_CARRIED = 0.7
# A list of related pages is no longer than this.
_LISTED = 15
# Lines of chrome in which a name is looked for: that of the site stands in many.
_NAMED = 100
# What no line of a page ends with.
_GOES_ON_OR_ENDED = "。，；、"
# Characters of a name, and of one that may be longer than a title.
_NAME, _LEAST = 12, 6
# Sections of a site, one to a line.
_SECTIONS = 5
# So many lines may stand between chrome and be words of it.
_BETWEEN = 3
# The text before a tail is at least so many times as long.
_MORE = 0.5
# Where books and schools send their readers, from page to page.
_ELSEWHERE = lazy_plain("扫|二维码|公众号")
# How the readers of letters that go to many leave their list.
_LETS_GO = lazy_plain(r"退[订訂]|取消订阅|取消訂閱|[Uu]nsubscribe")
# Whose secret a letter is, under it.
_OF_A_LETTER = lazy_plain(
    r"(?i)[*＊\s]*(?:[本此该該](?:电子|電子)?(?:邮件|電郵|电邮|郵件|信息)|this (?:e-?mail|message|communication)\b"
    r"|the information (?:contained|transmitted)).{0,80}?(?:保密|机密|機密|confidential|privileged)"
)
_READER = lazy_plain(r"[您你此]|\byou|\bthis")
# What opens a line that a page puts in brackets.
_BRACKETS = ("[", "【", "［", "〔", "（", "(", "<")
# So many lines at either end of a document.
_ENDS = 5

_SENTENCE = lazy(r"[。！？…!?；，、][”’」』）)\]】]*\s*$|[。！？].{4}")
_RELATED_HEAD = lazy(
    r"(?:【[^】]{2,30}】|\p{Han}{0,6})?(?:相关|热门|推荐|往期|猜[您你]|更多|精彩|最新|同类|大家都?在|看[过了]|喜欢)\p{Han}{0,8}[:：>》]{0,2}"
)
_WORD = lazy(r"\p{Han}|[A-Za-z]+")
# The path to a page, where nothing else can be: on the first line, with chrome under it.
_TRAIL = lazy(r"[^>›»。，：]{1,14}(?:\s?[>›»]\s?[^>›»。，：]{1,24})+|\S{2,6} / \S{2,10}(?: / \S{1,14})*")
# Whose text it is, which a document keeps as it keeps its title.
_AUTHOR = lazy_plain(r"(?:文|撰文|作者|[记記]者|口述|译者|譯者|翻译|翻譯)\s?[:：/／|｜]")
_MOMENT = lazy_plain(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}:\d\d")
_DATE = lazy_plain(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_MORE_THAN_NUMBER = lazy(r"\d:\d|[A-Za-z]|\p{So}\W?\s?\d")
# What no title holds.
_ADDRESS = lazy_plain(r"https?://\S{4}")
_STOP = lazy(r"[。！？…!?]")
_NUMBER = lazy(r"\d+")
# What hardly any text in traditional characters is without, cheaply looked for.
_TRADITIONAL = "頁載點閱覽網開來會個時說這們請"


def advertised(draft: Draft) -> bool:
    """Whether an earlier stage found advertisements."""
    return any(edit.rule in _names_of_ads() for edit in draft.edits)


@cache
def _names_of_ads() -> frozenset[str]:
    return frozenset(("site-note", *(rule.name for rule in builtin("ads"))))


def _menu(lines: list[tuple[int, str]]) -> list[int]:
    """The numbers of the first lines in a row that are the sections of a site, one on each; none of fewer than five.

    >>> _menu(list(enumerate("新闻 国际 体育 财经 生活 渡口".split())))
    [0, 1, 2, 3, 4]
    >>> _menu(list(enumerate("新闻 国际 体育 渡口".split())))
    []
    """
    known = (words("section"), words("label"))
    for named, group in groupby(lines, lambda line: any(line[1] in each for each in known)):
        row = [number for number, _ in group]
        if named and len(row) >= _SECTIONS:
            return row
    return []


def _where_signs_count(text: str) -> str:
    """The line, or the end of one so long that only what is glued to its end can be a page's."""
    return text if len(text.strip()) <= LONGEST else text[-GLUED:]


def _signed(numbers: list[int], texts: list[str]) -> set[int]:
    """Those of the lines, of which these are the texts, that hold a sign of a page."""
    ends = list(accumulate(len(text) + 1 for text in texts))
    return {numbers[bisect_right(ends, at)] for at in signs("\n".join(texts))}


class PageLines:
    """The chrome of one draft, found step by step; ``taken`` are the lines that go."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.taken: set[int] = set()
        self.lines = draft.lines()
        numbers = [line.number for line in self.lines if line.text[-1:] not in _GOES_ON_OR_ENDED]
        texts = [_where_signs_count(self.lines[number].text) for number in numbers]
        self._traditional = not draft.uncommon.isdisjoint(_TRADITIONAL)
        self._signed = _signed(numbers, [simplified(text) for text in texts] if self._traditional else texts)
        self.readings = {number: read(self.lines[number].text) for number in self._signed if self._possible(number)}
        if self._traditional:  # a few words of pages are known in their traditional form alone
            self._signed |= _signed(numbers, texts)
        self._title = self._site = -1
        self._on_every_page: set[int] = set()  # these say nothing of where the text ends
        self._letter: set[int] = set()  # how the reader of a letter leaves its list
        self._named: list[str] = []
        self._rich = False  # whether the document has so much chrome that less is enough at its ends
        self._places: dict[str, list[int]] = defaultdict(list)
        self._filled = [line.number for line in self.lines if not line.blank]
        self.weak = sorted(number for number, reading in self.readings.items() if reading.weak)

    def _possible(self, number: int) -> bool:
        text = self.lines[number].text.strip()
        return 2 <= len(text) <= LONGEST and text[-1] not in _GOES_ON_OR_ENDED and not self._is_quoted(number)

    def _is_quoted(self, number: int) -> bool:
        """Whether a line is one of several that a letter quotes: > before each."""
        near = (self.lines[number - 1 : number], self.lines[number + 1 : number + 2])
        return self.lines[number].text.startswith("> ") and any(
            line.text.startswith(">") for lines in near for line in lines
        )

    def _is_signed(self, number: int) -> bool:
        """Whether a line holds a sign of a page; asked of one that goes on or ended, it is looked for now."""
        text = self.lines[number].text
        if text[-1:] not in _GOES_ON_OR_ENDED or not text:
            return number in self._signed
        if self._traditional and next(signs(simplified(text)), None) is not None:
            return True
        return next(signs(text), None) is not None

    def open(self) -> Sequence[int]:
        """The lines to which something may be glued: before a sentence with a pointer after it, or at the end."""
        return range(len(self.lines)) if self.draft.holds(*POINTERS) else sorted(self._signed)

    def settle(self) -> None:
        """Let the lines decide, then their neighbours, then the places at both ends."""
        self._prove()
        if not self.taken:
            return
        for line in self.lines:
            if len(line.text) <= _NAME + 2:
                self._places[line.text.strip()].append(line.number)
        self._spread()
        self._rich = self._points(sorted(self.taken)) >= 2 * _TOGETHER
        self.listing = self._last_list()
        first = next((line.number for line in self.lines if self._is_text(line) and self._begins(line)), None)
        before_list = reversed(self.lines[: self.listing])
        last = next((line.number for line in before_list if self._is_text(line)), None)
        if first is not None and last is not None:
            self._head(first)
            self._fill()
            self._rich = self._rich or self._points(sorted(self.taken)) >= 2 * _TOGETHER
            self._buttons()
            self._tail(last + 1)
            self._accompany()

    def _last_list(self) -> int:
        """Where the list of related pages begins with which the document ends; its end if there is none.

        The titles in it may be sentences, or the beginnings of some; but none is as long as a paragraph.
        """
        end = len(self.lines)
        for number in reversed(self._filled[-_LISTED:]):
            text = self.lines[number].text.strip()
            if len(text) > _BARE:
                break
            if _RELATED_HEAD.fullmatch(text) and self._reading(number).weak:
                end = number
        return end

    def _begins(self, line: Line) -> bool:
        """Whether a text begins here: a title may be a sentence too, but is short, and no sentence follows."""
        after = self.draft.neighbour(line.number, 1)
        more = after is not None and self._is_text(self.lines[after])
        return more or len(line.text.strip()) > _BARE // 2

    def _reading(self, number: int) -> Reading:
        """How a line reads, worked out now if no word of a page was seen in it."""
        if number not in self.readings:
            text = self.lines[number].text
            said = len(text) <= LONGEST and not self._is_quoted(number)
            self.readings[number] = read(text) if said else NOTHING
        return self.readings[number]

    def _prove(self) -> None:
        """Take the lines that are chrome by themselves, in a row, or by coming again."""
        read_as = self.readings
        self.taken = {number for number in self.weak if read_as[number].sure and not self._shown(number)}
        ends = {*self._filled[:_ENDS], *self._filled[-_ENDS:]}
        self.taken |= {number for number in ends.intersection(self.readings) if self._heads_or_ends(number)}
        last = self._filled[-_ENDS:]
        self._letter = {number for number in last if self._lets_go(number)}
        self.taken |= self._letter
        masked = Counter(self._masked(number) for number in self.weak)
        self._on_every_page = {number for number in self.weak if masked[self._masked(number)] >= 3}
        self.taken |= {number for number in self._on_every_page if self._returns(number)}
        self.taken.update(intrusions(self.draft, self._reading, self._is_signed))
        if self._signed:
            self.taken.update(returning_blocks(self.lines, self._reading))
        for row in self._rows():
            points = sum(read_as[number].points for number in row)
            proof = sum(read_as[number].proof for number in row if not read_as[number].lone)
            if points >= _TOGETHER and proof >= 2:
                self.taken.update(row)
        # A page that has spoken once may speak again.
        if self.taken or advertised(self.draft):
            self.taken |= {number for number in self.weak if self.readings[number].told}

    def _heads_or_ends(self, number: int) -> bool:
        """Whether a line at an end of the document is two or three cells of a page and nothing else.

        The very last may be one: nobody ends a text with the words of a button.
        """
        if number == self._filled[-1] and (self._closes(number) or self._is_left_over(number)):
            return True
        text = self.lines[number].text
        several = len(cells(text)) > 1 or is_field_row(simplified(text.strip()))
        return self.readings[number].whole and several and not self._shown(number)

    def _closes(self, number: int) -> bool:
        """Whether the last line is a button's word of four letters, or a prompt of a page, after a sentence."""
        reading = self.readings[number]
        if reading.proof < 2 or reading.other or reading.loose or self._shown(number):
            return False
        before = self.draft.neighbour(number, -1)
        while before is not None and before in self.readings and not self.readings[before].other:
            before = self.draft.neighbour(before, -1)
        return before is not None and bool(_SENTENCE.search(self.lines[before].text))

    def _is_left_over(self, number: int) -> bool:
        """Whether the last line is a counter or a label of a page, after a notice of the site was taken."""
        reading, start = self.readings[number], self.lines[number].start
        return reading.points > 0 and not reading.other and start in self.draft.removals and advertised(self.draft)

    def _lets_go(self, number: int) -> bool:
        """Whether a line at the very end is put under letters by what sends them.

        It tells the reader how to get no more of them, those of a list have that; or whose secret the letter is.
        """
        line = self.lines[number]
        asks = _LETS_GO.search(line.text) and _READER.search(line.text) and self._is_notice(line)
        if not (asks or (_OF_A_LETTER.match(line.text) and notice_words(line.text) >= 2 * _NOTICE)):
            return False
        after = (self.lines[other] for other in self._filled[-_ENDS:] if other > number)
        others = (line for line in after if not _OF_A_LETTER.match(line.text))
        return not self._shown(number) and not any(map(self._is_text, others))

    def _returns(self, number: int) -> bool:
        """Whether a line that comes again is no author's: in the words of a page, or longer and in brackets."""
        text = self.lines[number].text.strip()
        bracketed = text[:1] in _BRACKETS and len(text) > _NAME and not self._shown(number)
        return bool(self.readings[number].proof) or (bracketed and not _ELSEWHERE.search(text))

    def _masked(self, number: int) -> str:
        return _NUMBER.sub("0", self.lines[number].text.strip())

    def _shown(self, number: int) -> bool:
        """Whether the author shows the line: as an item of a list, or after a colon."""
        return start_class(self.lines[number].text.strip()) in "BL" or self._introduced(number)

    def _introduced(self, number: int) -> bool:
        """Whether a colon announces the line, or the lines like it that it goes on from."""
        before = self.draft.neighbour(number, -1)
        while before is not None and before in self.readings and self.readings[before].weak:
            before = self.draft.neighbour(before, -1)
        return before is not None and self.lines[before].text.rstrip()[-1:] in ("：", ":")

    def _rows(self) -> Iterator[list[int]]:
        """Weak lines in a row; what a colon introduces is the author's list."""
        row: list[int] = []
        for number in self.weak:
            before = self.draft.neighbour(number, -1)
            if row and before == row[-1]:
                row.append(number)
                continue
            if len(row) > 1:
                yield row
            row = [] if self._introduced(number) else [number]
        if len(row) > 1:
            yield row

    def _spread(self) -> None:
        """Take what is weak beside chrome."""
        for step, numbers in ((-1, self.weak), (1, self.weak[::-1])):
            for number in numbers:
                if self.draft.neighbour(number, step) in self.taken:
                    self.taken.add(number)

    def _fill(self) -> None:
        """Take what is half, or a name, between chrome."""
        self._note_title()
        for before, after in pairwise(sorted(self.taken)):
            between = [number for number in range(before + 1, after) if not self.lines[number].blank]
            if 0 < len(between) <= _BETWEEN and all(self._is_small(number) for number in between):
                self.taken.update(between)

    def _buttons(self) -> None:
        """Take rows of words of a page, one to a line, three or more; on a rich page lone buttons as well."""
        worded = [number for number in self._filled if self._says_page(number)]
        row: list[int] = []
        for number in [*worded, len(self.lines)]:
            if row and (number == len(self.lines) or self.draft.neighbour(number, -1) != row[-1]):
                proof = sum(self.readings[each].proof for each in row)
                points = sum(self.readings[each].points for each in row)
                several = len(row) >= _BETWEEN and points >= _TOGETHER - 2
                lone = self._rich and not self._shown(row[0])
                if proof >= 2 and (several or lone) and not self._introduced(row[0]):
                    self.taken.update(row)
                row = []
            row.append(number)

    def _says_page(self, number: int) -> bool:
        """Whether a line is words of a page and nothing else."""
        said = self.readings.get(number, NOTHING)
        return said.points > 0 and said.half and number not in self.taken and number != self._title

    def _accompany(self) -> None:
        """Take the stamps of a rich page whose like was taken twice: the time over each post, its client.

        A bare number is the like of any other, and may be the author's.
        """
        if not self._rich:
            return
        for numbers in (self._filled, self._filled[::-1]):
            step = -1 if numbers is self._filled else 1
            for number in numbers:
                if self.draft.neighbour(number, step) in self.taken and self._is_stamp(number):
                    self.taken.add(number)
        taken = Counter(self._masked(number) for number in self.taken)
        for number in self._filled:
            text = self._masked(number)
            if number not in self.taken and taken[text] > 1 and text.strip("0") and len(text) <= _NAME:
                self.taken.update([number] if self._reading(number).half and number != self._title else [])

    def _is_stamp(self, number: int) -> bool:
        """Whether a line is a stamp that says more than a number: a time, a size, a heart with its count."""
        text = self.lines[number].text.strip()
        return number != self._title and self._reading(number).half and bool(_MORE_THAN_NUMBER.search(text))

    def _is_small(self, number: int) -> bool:
        """Whether a line between chrome is chrome: a word of the page, a stamp, a name, and not the title."""
        if _AUTHOR.match(self.lines[number].text.strip()):
            return False
        small = self._reading(number).half or self._is_value(number)
        return small or (number != self._title and self._is_name(number))

    def _is_value(self, number: int) -> bool:
        """Whether a line is the date under the label it belongs to: 注册时间 ⏎ 2010-2-9."""
        before = self.draft.neighbour(number, -1)
        labelled = before in self.taken and self.lines[before or 0].text.strip(" ：:") in words("field")
        return labelled and bool(_DATE.fullmatch(self.lines[number].text.strip()))

    def _is_bar(self, number: int) -> bool:
        """Whether a line at the very top is a bar of cells, one of them in the words of a page."""
        before = self.draft.neighbour(number, -1)
        if not self._rich or not (before is None or before in self.taken):
            return False
        return self._reading(number).points > 0 and len(cells(self.lines[number].text)) > _BETWEEN

    def _note_title(self) -> None:
        """Note the first line that is not chrome, and the chrome in which names are looked for.

        Over the path to a page stands the name of the site, and over its bar; nor is a word of a page a title.
        """
        open_lines = (line for line in self.lines if line.number not in self.taken and self._may_be_title(line))
        said = list(islice(open_lines, _ENDS))
        first = said[0].number if said else -1
        after = self.draft.neighbour(first, 1) if first >= 0 else None
        named = after is not None and after in self.taken and is_path(simplified(self.lines[after].text.strip()))
        under = list(takewhile(lambda line: not self._is_text(line), said[1:]))
        title = max(under, key=lambda line: len(line.text.strip()), default=None)
        self._site = first if title is not None and self._is_of_site(said[0], title) else -1
        self._title = first
        if named and len(said) > 1:
            self._title = said[1].number
        if title is not None and self._site >= 0:
            self._title = title.number
        self._named = [self.lines[number].text for number in sorted(self.taken)[:_NAMED]]

    def _is_of_site(self, first: Line, second: Line) -> bool:
        """Whether the very first line names the site: short, over a bar of three lines and a longer title."""
        name, title = first.text.strip(), second.text.strip()
        if first.number != self._filled[0] or len(name) > _LEAST or len(title) < max(_LEAST + 2, 2 * len(name)):
            return False
        bar = [number for number in self._filled if first.number < number < second.number]
        words_of_page = [number for number in bar if self._reading(number).points]
        return len(words_of_page) >= _BETWEEN and not self._is_text(second) and not _AUTHOR.match(title)

    def _may_be_title(self, line: Line) -> bool:
        worded = line.number in self.readings and self.readings[line.number].points > 0
        return any(map(str.isalnum, line.text)) and not (worded and self.readings[line.number].half)

    def _is_name(self, number: int) -> bool:
        """Whether a line is a word of the chrome: the name of the site or of who posted."""
        name = self.lines[number].text.strip()
        if not 2 <= len(name) <= _NAME or self._is_text(self.lines[number]):
            return False
        if any(name in text for text in self._named):
            return True
        same = self._places[name]
        return len(same) > 1 and all(self._is_beside(other) for other in same)

    def _is_beside(self, number: int) -> bool:
        """Whether chrome stands before or after a line."""
        return bool({self.draft.neighbour(number, -1), self.draft.neighbour(number, 1)} & self.taken)

    def _is_text(self, line: Line) -> bool:
        """Whether a line is the author's for certain: a sentence, or too long for anything else."""
        if line.blank or line.number in self.taken or self._is_notice(line) or self._reading(line.number).weak:
            return False
        if self._has_cells(line.number):
            return False
        return len(line.text.strip()) > _BARE or bool(_SENTENCE.search(line.text))

    def _has_cells(self, number: int) -> bool:
        """Whether a line is four cells or more, three of them in the words of a page."""
        points = self._reading(number).points if number in self.readings else 0
        return points >= _BETWEEN and len(cells(self.lines[number].text)) > _BETWEEN

    def _is_notice(self, line: Line) -> bool:
        found = notice_words(line.text) if line.text else 0
        # A long paragraph has some of anybody's words; in Chinese one of them is two characters, in English a word.
        return found >= _NOTICE and found * _THINNEST >= len(_WORD.findall(line.text))

    def _head(self, end: int) -> None:
        """Take from the lines before the first sentence what stands beside chrome and is no title or name."""
        numbers = [number for number in range(end) if not self.lines[number].blank]
        spoken = [number for number in numbers[1:] if self._reading(number).half and self._reading(number).points]
        if self._points(spoken) >= _TOGETHER - 1 and any(self._reading(number).proof for number in spoken):
            self.taken.update(spoken)
        self.taken.update(_menu([(number, simplified(self.lines[number].text.strip())) for number in numbers]))
        if not (self._rich or self.taken.intersection(numbers) or any(map(self._is_stamped, numbers[1:]))):
            return
        self.taken.update(number for number in numbers if self._reading(number).weak)
        seen: set[str] = set()
        again: set[int] = set()
        for number in numbers:
            text = self.lines[number].text.strip()
            again |= {number} if text in seen else set()
            seen.add(text)
        self.taken.update(number for number in numbers if self._is_bar(number))
        self.taken.update(number for number in numbers[:1] if _TRAIL.fullmatch(self.lines[number].text.strip()))
        self.taken.update(number for number in numbers[1:] if self._is_stamped(number))
        addressed = [number for number in numbers[:1] if _ADDRESS.search(self.lines[number].text)]
        self.taken.update(number for number in addressed if self._is_beside(number))
        self._note_title()
        self.taken.update([self._site] if self._site >= 0 else [])
        for number in (*numbers, *reversed(numbers)):
            if not self._is_beside(number):
                continue
            small = number in again or self._is_small(number) or self._is_notice(self.lines[number])
            if small or self._is_lone_name(number):
                self.taken.add(number)

    def _is_lone_name(self, number: int) -> bool:
        """Whether a line under the title is all that stands between two of chrome: who posted, or when."""
        text = self.lines[number].text.strip()
        if self.draft.neighbour(self._title, -1) in self.taken:
            return False  # what was taken for the title stands in the bar itself, and this may be the title
        longest = 2 * _NAME if self._title < 0 else max(_LEAST, len(self.lines[self._title].text.strip()))
        if number <= self._title or len(text) > longest or self._is_text(self.lines[number]) or _AUTHOR.match(text):
            return False
        around = {self.draft.neighbour(number, -1), self.draft.neighbour(number, 1)}
        return around <= self.taken and start_class(text) not in "BL" and text[-1:] not in ("）", ")")

    def _is_stamped(self, number: int) -> bool:
        """Whether a line of the head says when the page was made, to the minute, with more, and is no sentence."""
        text = self.lines[number].text.strip()
        if len(text) > _BARE or _STOP.search(text):
            return False
        return any(character.isalpha() for character in "".join(_MOMENT.split(text, 1)) if _MOMENT.search(text))

    def _tail(self, start: int) -> None:
        """Take what stands between chrome after the last sentence, with the notices of the site."""
        numbers = [line.number for line in self.lines[start:] if not line.blank]
        first = next((at for at, number in enumerate(numbers) if self._begins_tail(number)), None)
        if first is None or not self._is_page_tail(start, numbers[first:]):
            return
        numbers = numbers[first:]
        self.taken.update(number for number in numbers if self._reading(number).weak)
        proven = [number for number in numbers if number in self.taken]
        last = max(at for at, number in enumerate(numbers) if number in self.taken)
        others = [number for number in numbers[: last + 1] if number not in self.taken]
        listed = self._listed(numbers)
        carried = [number for number in others if number not in listed and not self._goes_along(number)]
        self.taken.update(number for number in others if number not in carried)
        if len(carried) <= _CARRIED * self._points(proven):
            self.taken.update(carried)
        self.taken.update(listed)
        rest = [number for number in numbers[last + 1 :] if number not in self.taken]
        if self._rich and len(rest) <= _CARRIED * self._points(proven) and not any(map(self._is_signature, rest)):
            self.taken.update(rest)
        for number in numbers[last + 1 :]:
            if number not in self.taken and not self._goes_along(number):
                break
            self.taken.add(number)

    def _is_signature(self, number: int) -> bool:
        """Whether a line may be the author's name, or the place and time of writing."""
        text = self.lines[number].text.strip()
        return text[-1:] in "日）)" or (len(text) <= 4 and not self._reading(number).half)

    def _begins_tail(self, number: int) -> bool:
        line = self.lines[number]
        ruled = not any(character.isalnum() for character in line.text)
        reading = self._reading(number)
        speaks = reading.weak or (self._rich and reading.points > 0 and (reading.proof > 0 or reading.half))
        return number in self.taken or speaks or self._is_notice(line) or ruled or self._has_cells(number)

    def _goes_along(self, number: int) -> bool:
        reading = self._reading(number)
        return reading.half or reading.weak or self._is_notice(self.lines[number])

    def _is_page_tail(self, start: int, numbers: list[int]) -> bool:
        before = sum(len(line.text) for line in self.lines[:start])
        tail = sum(len(self.lines[number].text) for number in numbers)
        chrome = [number for number in numbers if number in self.taken or self._reading(number).weak]
        enough = _TOGETHER // 2 if self._rich else _TOGETHER
        return self._points(chrome) >= enough and before >= _MORE * tail

    def _points(self, numbers: list[int]) -> int:
        """What lines of chrome weigh together that stand nowhere but here."""
        points = sum(self._reading(number).points for number in numbers if number not in self._on_every_page)
        return points + _TOGETHER * any(number in self._letter for number in numbers)

    def _listed(self, numbers: list[int]) -> set[int]:
        """The titles under headings of related pages."""
        listed: set[int] = set()
        for at, number in enumerate(numbers):
            if number not in self.taken or not _RELATED_HEAD.fullmatch(self.lines[number].text.strip()):
                continue
            for other in numbers[at + 1 : at + 1 + _LISTED]:
                if other in self.taken:
                    break
                listed.add(other)
        return listed
