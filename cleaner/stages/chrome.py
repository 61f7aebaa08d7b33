"""Site chrome: what the page, the reader or the phone around a text says, copied along with it.

Which lines those are is found out by :mod:`cleaner.page_lines`, which words inside a line by
:mod:`cleaner.glued_words`, what stands around code by :mod:`cleaner.code_columns`. A frame goes with what it framed
(:mod:`cleaner.frames`).

Documents that are markup or code, or tell how to use a program, keep every line, and so does one made mostly of such
lines, with hardly a sentence of its own.
"""

from collections.abc import Iterator

from cleaner.code_columns import code_columns
from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.frames import emptied_frames
from cleaner.glued_words import bracketed_words, glued_words
from cleaner.interface import LONGEST, read
from cleaner.page_lines import PageLines, advertised
from cleaner.patterns import lazy
from cleaner.subject import about_programs, about_tags, is_code, is_markdown, is_markup, is_word_list

_RULE = "site-chrome"
_REASON = "what a page says around a text"
# More than this beside the rest of the document, or fewer sentences left, and it is made of such lines.
_OWN, _LEFT = 1.5, 2
# So many words of buttons in quotation marks, and the text is about them.
_SPOKEN_OF = 3

_STOP = lazy(r"[。！？…!?]")
_QUOTED = lazy(r"[“「『]([^“”「」『』。！？，]{2,10})[”」』]")


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Take out the lines of a page around the text.

    >>> text = "船离岸不远，水面上漂着柳叶，谁也没有说话。\\n收藏 12　　转发 218　　评论 64\\n"
    >>> text += "天黑了，对岸有人喊他的名字，他披上蓑衣走了。\\n"
    >>> [edit.rule for edit in propose(Draft(text), Config())]
    ['site-chrome']
    >>> list(propose(Draft("他收藏唱片，转发消息，从不评论。\\n"), Config()))
    []
    """
    for first, last in code_columns(draft.lines()):
        yield from draft.delete_lines(first, last, "code-frame", "what a site shows around code")
    for first, last in emptied_frames(draft):
        yield from draft.delete_lines(first, last, "empty-frame", "frame of what was taken out")
    page = PageLines(draft)
    page.settle()
    taken = page.taken
    glued = [piece for number in page.open() if number not in taken for piece in glued_words(page.lines[number])]
    told = bool(taken) or len(glued) >= 3 or advertised(draft)
    glued = [piece for piece in glued if piece[2].sure or told]
    glued += bracketed_words(draft, taken, told)
    if not (taken or glued) or _own(draft, taken):
        return
    for first, last in _runs(draft, taken):
        yield from draft.delete_lines(first, last, _RULE, _REASON)
    for start, end, _ in sorted(glued, key=lambda piece: piece[:2]):
        yield from draft.delete(start, end, _RULE, _REASON)


def _own(draft: Draft, taken: set[int]) -> bool:
    """Whether such lines are the document's own."""
    # A notice weighs no more than the longest line of a page: under a short letter they are longer than it.
    gone = sum(min(LONGEST, len(draft.lines()[number].text.strip())) for number in taken)
    rest = [line.text.strip() for line in draft.lines() if line.number not in taken]
    if gone > _OWN * sum(map(len, rest)) or sum(len(_STOP.findall(text)) for text in rest) < _LEFT:
        return True
    # The prompts of a page speak of buttons too: only what is left says what the text is about.
    left = "\n".join(rest)
    told = about_programs(left) or _quotes_buttons(left) or about_tags(draft.text)
    kinds = (is_markup, is_code, is_word_list)
    return told or is_markdown(draft.text) or any(draft.once(kind) for kind in kinds)


def _quotes_buttons(text: str) -> bool:
    """Whether a text speaks of the words of buttons, in quotation marks, and so may show them.

    >>> _quotes_buttons("“上一页”“末页”和“加载更多”三个"), _quotes_buttons("他说：“收藏。”“评论？”")
    (True, False)
    """
    said = {found[1] for found in _QUOTED.finditer(text)}
    return sum(1 for words in said if read(words).points) >= _SPOKEN_OF


def _runs(draft: Draft, taken: set[int]) -> Iterator[tuple[int, int]]:
    """The lines as stretches with nothing but blank lines inside."""
    lines = draft.lines()
    first = last = -1
    for number in sorted(taken):
        if first >= 0 and all(lines[between].blank for between in range(last + 1, number)):
            last = number
            continue
        if first >= 0:
            yield first, last
        first = last = number
    if first >= 0:
        yield first, last
