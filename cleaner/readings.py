"""Readings: the pinyin that machines put behind characters when they rewrite pages for search engines.

A page is turned into traditional characters, and behind many of them stands how they are read: 發(fā)展, 應(yīng)用.
An author, too, writes a reading behind a character, but behind one that is rare, or new to his pupils, and once. Here

- there are eight readings or more, of one syllable each, and a tenth of them or more are there again;
- nearly all stand behind characters that are traditional and among the commonest (the first plane of Big5, not in
  GB 2312), which whoever reads the text can read: not behind 我 and 的, as in a text with readings over everything;
- half of them or more stand in the middle of a sentence, with its next character right behind the bracket.
"""

from collections import Counter
from collections.abc import Iterator

from cleaner.narrow import narrow
from cleaner.patterns import lazy_plain

_FEWEST = 8
_AGAIN, _COMMON, _RUNNING = 0.1, 0.85, 0.5

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_LETTERS = f"[a-zü]{{0,5}}[{_TONES}][a-zü]{{0,4}}"
# Behind a character, for which the engine cannot scan: a bracket is rare, so it is looked for first.
_READING = lazy_plain(rf"\((?<=[\u4e00-\u9fff].){_LETTERS}\)")
# Those of particles and of 個 have no tone: read only where the others have shown what they are.
_TONELESS = lazy_plain(r"\((?<=[們麼嗎個著過來裡兒這].)(?:men|me|ma|ge|zhe|guo|lai|li|er)\)")
# The second and the fourth tone are in Latin-1.
_NARROW_READING = lazy_plain(rb"\([a-z\xfc]{0,5}[\xe0\xe1\xe8\xe9\xec\xed\xf2\xf3\xf9\xfa][a-z\xfc]{0,4}\)")


def readings(text: str) -> Iterator[tuple[int, int]]:
    """Where the readings of a machine stand, brackets included; none if they may be the author's.

    >>> page = "經(jīng)濟發(fā)展很快，發(fā)電與經(jīng)營都有進(jìn)步，應(yīng)當發(fā)現(xiàn)問題。"
    >>> [page[start:end] for start, end in readings(page)][:3]
    ['(jīng)', '(fā)', '(fā)']
    >>> list(readings("江竹筠(yún)和曹髦(máo)，還有一個姓仉(zhǎng)的人。"))    # once, and behind rare characters
    []
    """
    if not _NARROW_READING.search(narrow(text)):
        return
    found = [each.span() for each in _READING.finditer(text)]
    if not _are_a_machines(text, found):
        return
    found += [each.span() for each in _TONELESS.finditer(text)]
    yield from sorted(span for span in found if _is_common(text[span[0] - 1]))


def _are_a_machines(text: str, found: list[tuple[int, int]]) -> bool:
    read = Counter(text[start - 1] for start, _ in found)
    common = sum(times for character, times in read.items() if _is_common(character))
    running = sum(1 for _, end in found if "\u4e00" <= text[end : end + 1] <= "\u9fff")
    return (
        len(found) >= _FEWEST
        and len(found) - len(read) >= _AGAIN * len(found)
        and common >= _COMMON * len(found)
        and running >= _RUNNING * len(found)
    )


def _is_common(character: str) -> bool:
    """Whether a character is written in traditional texts alone, and often.

    >>> [_is_common(character) for character in "發我仉"]
    [True, False, False]
    """
    try:
        first = character.encode("big5")[0]
    except UnicodeEncodeError:
        return False
    return 0xA4 <= first <= 0xC6 and not _is_simplified(character)


def _is_simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
