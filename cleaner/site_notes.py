"""Site notes: blocks of lines in which a site says where a text was copied from, on what terms, and to whom.

==========  ======================================================  =========================================
kind        the lines                                               and
==========  ======================================================  =========================================
reprint     作者：… 链接：https://… 来源：… 著作权归作者所有 …，      no colon announces them. At the end a ruler
            or the one sentence that some sites put there           over them goes too
terms       1、2、3、: three or more on 下载, 本站, 付费, VIP …       at the head or the end of a text that is
                                                                    longer, and speaks of no such things
lures       words for search engines, with commas between them      in the first or last lines
==========  ======================================================  =========================================
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice, pairwise

from cleaner.draft import Line
from cleaner.patterns import lazy, lazy_plain
from cleaner.rules import words
from cleaner.traditional import simplified

TYPE_CHECKING = False
if TYPE_CHECKING:
    import regex

Lines = tuple[int, int]
"""The first and the last line of a block."""


def site_notes(lines: Sequence[Line], text: str) -> Iterator[Lines]:
    """The blocks in ``text``, of which these are the lines.

    >>> said = "船靠了岸。 作者：柳叶 链接：https://liuye.example/p/1 来源：柳岸 著作权归作者所有，请勿转载。".split()
    >>> lines = [Line(at, 0, 9, 9, text) for at, text in enumerate(said)]
    >>> list(site_notes(lines, "".join(said))), list(site_notes(lines[:3], "".join(said[:3])))    # an author's own
    ([(1, 4)], [])
    """
    # Most texts have no such words, and their lines need not be looked at.
    reprint, terms = "http" in text and _holds(text, _OF_REPRINTS), "下载" in text and _holds(text, _OF_TERMS)
    if reprint or terms:
        filled = [line for line in lines if not line.blank]
        yield from _reprints(filled) if reprint else ()
        yield from _terms(filled) if terms else ()
    yield from _lures(lines)


_OF_REPRINTS = ("转载", "版权", "著作权", "授权", "全文地址")
_OF_TERMS = ("本站", "平台", "网站", "VIP")


def _holds(text: str, words: Iterable[str]) -> bool:
    return any(map(text.__contains__, words))


# --- where it was copied from -----------------------------------------------------------------------------

_LABEL = lazy_plain(
    r"(?P<label>作者|链接|来源|原文|原文链接|本文链接|文章链接|出处|原文出处|文章来源|著作权|版权声明|声明)\s?[:：]"
)
_URL = lazy_plain(r"https?://\S")
_RIGHTS = lazy_plain(
    r"(?:著作权|版权|转载).{0,40}(?:请|联系|注明|附上|归|所有|禁止|未经)|(?:请勿|禁止|未经).{0,12}转载"
)
_OF_A_BLOG = lazy_plain(r"本文[为是].{0,20}博主.{0,24}原创文章.{0,60}(?:附上|注明)")
# What some sites put under all that is copied, in one sentence.
_SENTENCE = lazy_plain(
    r"本文来自\s?\S{1,20}?(?:\s?的\s?\S{1,10}\s?博客|博客园)?\s?[，,]\s?"
    r"(?:全文地址请点击|作者[:：][^，。]{1,30}[，,]\s?转载请注明(?:原文链接|出处))[:：]\s?https?://\S+"
)
_LONGEST, _MOST = 120, 6
_FROM, _WHERE = frozenset(("来源", "文章来源")), frozenset(("链接", "原文", "原文链接", "本文链接", "文章链接"))
_RULER = lazy_plain(r"[-—–_=*─━~～]{3,}")


def _reprints(filled: list[Line]) -> Iterator[Lines]:
    # Every such block has an address: the other lines need not be read, as hardly one of a long text.
    linked = (at for at, line in enumerate(filled) if "http" in line.text)
    near = {before for at in linked for before in range(at - _MOST + 1, at + 1)}
    at = 0
    while at < len(filled):
        count = _reprint(filled, at) if at in near else 0
        if not count:
            at += 1
            continue
        first = at
        announced = at > 0 and filled[at - 1].text.rstrip()[-1:] in ("：", ":")
        if at > 0 and at + count == len(filled) and _RULER.fullmatch(filled[at - 1].text.strip()):
            first -= 1
        if not announced:
            yield filled[first].number, filled[at + count - 1].number
        at += count


def _reprint(filled: list[Line], at: int) -> int:
    """How many lines from this one on say where the text was copied from."""
    text = filled[at].text.strip()
    if text.startswith("本文来自") and _SENTENCE.fullmatch(text):
        return 1
    count, labels, linked, rights = 0, set[str](), False, False
    for line in filled[at : at + _MOST]:
        text = line.text.strip()
        label = _LABEL.match(text)
        righted = bool(_RIGHTS.search(text)) and len(text) <= _LONGEST and text[-1] not in "：:"
        if not (label or righted):
            break
        count += 1
        labels |= {label["label"]} if label else set()
        linked = linked or bool(_URL.search(text))
        rights = rights or righted
    if not (linked and rights):
        return 0
    blog = any(_OF_A_BLOG.search(line.text) for line in filled[at : at + count])
    return count if (count > 2 and labels & _FROM and labels & _WHERE) or (count > 1 and blog) else 0


# --- on what terms ----------------------------------------------------------------------------------------

_ITEM = lazy_plain(r"\s*(?:[-•·]\s*)?(?:\d{1,2}[.．]\s*)?(?P<number>\d{1,2})[、.．)）]")
_ITEMS = 3
_DISTINCT = 6
# A paragraph about documents and downloads has more of the words than this, one about anything else hardly any.
_THIN = 100
_OVER = lazy(r"(?:友情|温馨|特别|版权|下载)(?:提示|提醒|声明|说明)[:：]?|合集下载|下载须知[:：]?|注意事项[:：]?")
_ENDS = 16
_SENTENCE_END = lazy_plain("[。！？]")


def _terms(filled: list[Line]) -> Iterator[Lines]:
    for first, last in _numbered(filled):
        block = [line.text for line in filled[first : last + 1]]
        if not (_is_on_terms(block) and (first < _ENDS or last >= len(filled) - _ENDS)):
            continue
        rest = [line.text for line in (*filled[:first], *filled[last + 1 :]) if _SENTENCE_END.search(line.text)]
        letters = sum(map(len, rest))
        others = sum(len(_term_words().findall(text)) for text in rest)
        if letters > sum(map(len, block)) and others * _THIN < letters:
            first -= first > 0 and bool(_OVER.fullmatch(filled[first - 1].text.strip()))
            yield filled[first].number, filled[last].number


def _is_on_terms(block: list[str]) -> bool:
    """Whether all items of a block but one have two words of a site's terms, of many in all."""
    said = [{*_term_words().findall(text)} for text in block]
    return sum(1 for found in said if len(found) > 1) >= len(block) - 1 and len(set().union(*said)) >= _DISTINCT


def _numbered(filled: list[Line]) -> Iterator[Lines]:
    """Runs of three items or more whose numbers rise by one, as indices."""
    items = [
        (at, int(found["number"]))
        for at, line in enumerate(filled)
        if not line.text[0].isalpha() and (found := _ITEM.match(line.text))
    ]
    first = 0
    for last, ((at, number), after) in enumerate(pairwise([*items, (-1, -1)])):
        if after != (at + 1, number + 1):
            if number > 0 and last - first + 1 >= _ITEMS:
                yield items[first][0], at
            first = last + 1


@cache
def _term_words() -> "regex.Pattern[str]":
    return lazy("|".join(sorted(words("term"), key=len, reverse=True)))


# --- words for search engines -----------------------------------------------------------------------------

_EDGE_LINES = 3
_CELLS, _SHARE = 4, 0.7
_COMMA = lazy_plain("[,，]")
_OFFERS = lazy_plain("(?:网站|資源|资源).{0,12}(?:感兴趣|感興趣)[:：]$")


def _lures(lines: Sequence[Line]) -> Iterator[Lines]:
    first = islice((line for line in lines if not line.blank), _EDGE_LINES)
    last = islice((line for line in reversed(lines) if not line.blank), _EDGE_LINES)
    for line in {line.number: line for line in (*first, *last)}.values():
        if ("," in line.text or "，" in line.text) and "。" not in line.text and _is_lure(simplified(line.text)):
            near = lines[max(0, line.number - _EDGE_LINES) : line.number]
            above = next((other for other in reversed(near) if not other.blank), line)
            yield (above.number if _OFFERS.search(above.text) else line.number), line.number


def _is_lure(text: str) -> bool:
    """Whether most of what stands between the commas is two words for search engines or more.

    >>> _is_lure("国产精品久久久久久久,亚洲欧美日韩一区二区,免费在线观看视频,日韩中文字幕在线")
    True
    >>> _is_lure("高清视频,免费下载,电影在线,综合频道")
    False
    """
    parts = [part for part in _COMMA.split(text) if part.strip()]
    if len(parts) < _CELLS or not _ONLY_LURES.search(text):
        return False
    return sum(1 for part in parts if len({*_lure_words().findall(part)}) > 1) >= _SHARE * len(parts)


# Without one of these the words may be the tags of somebody's films.
_ONLY_LURES = lazy_plain("久久|一区二区|无码|三级|成人|国产精品|不卡|免费观看|丝袜|黄色")


@cache
def _lure_words() -> "regex.Pattern[str]":
    return lazy("|".join(sorted(words("lure"), key=len, reverse=True)))
