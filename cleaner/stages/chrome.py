"""Site chrome: what the page, the reader or the phone around a text says, copied along with it.

A line is read in the words of ``packs/interface.toml``. It is cut into cells at wide gaps, bars and icons, and each
cell is one of

=========  ======  ====================================================================
cell       points  what it is
=========  ======  ====================================================================
label      1 to 2  the word of a button (2 if it has four letters or a number after it)
counter         2  a word and its number: 1.2万次阅读, 浏览量：300
prompt     3 to 4  nothing but words for acting on a page and for what is on it (4 if for two things)
related         3  what else the site has
icon            1  an arrow, a star, a heart beside any of these
notice          2  ©, a licence number, the name of the forum's program
stamp           0  a time, a share, a number, a mark of charge or reception
other           -  what else there is
=========  ======  ====================================================================

Four points and hardly anything else make chrome. Three, or two and nothing else, do in a document with other chrome
or ads; two do beside other chrome or in a line that comes again and again with other numbers. Documents that are
markup or code, or tell how to use a program, keep every line, and so does one made mostly of such lines.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import regex

from cleaner.config import Config
from cleaner.draft import Draft, Line
from cleaner.edits import Edit
from cleaner.rules import builtin, words
from cleaner.subject import about_programs, about_tags, is_code, is_markdown, is_markup

_RULE = "site-chrome"
_REASON = "what a page says around a text"
_LONGEST = 140
_ENOUGH = 4
_BESIDE = 2
# More than this share of the letters in cells that are none of the page's, and the line says something else.
_OTHER = 0.4
# More than this beside the rest of the document, and the document is made of such lines.
_OWN = 0.5


class _Verdict(NamedTuple):
    """What a line is made of."""

    points: int
    other: float
    """The share of its letters in other cells."""

    @property
    def sure(self) -> bool:
        """Whether the line is chrome wherever it stands."""
        return self.points >= _ENOUGH and self.other <= _OTHER

    @property
    def told(self) -> bool:
        """Whether it is chrome in a document that has other chrome."""
        return (self.points > _BESIDE and self.other <= _OTHER) or (self.points == _BESIDE and not self.other)

    @property
    def weak(self) -> bool:
        """Whether it is chrome beside other chrome."""
        return self.points >= _BESIDE and self.other <= _OTHER


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Take out the lines of a page around the text.

    >>> text = "船离岸不远，水面上漂着柳叶，谁也没有说话。\\n收藏 12　　转发 218　　评论 64\\n"
    >>> text += "天黑了，对岸有人喊他的名字，他披上蓑衣走了。\\n"
    >>> [edit.rule for edit in propose(Draft(text), Config())]
    ['site-chrome']
    >>> list(propose(Draft("他收藏唱片，转发消息，从不评论。\\n"), Config()))
    []
    """
    verdicts = {line.number: _judge(line.text) for line in draft.lines() if _possible(line)}
    verdicts = {number: verdict for number, verdict in verdicts.items() if verdict.weak}
    taken = _taken(draft, verdicts)
    glued = [piece for line in draft.lines() if line.number not in taken for piece in _glued(line)]
    told = bool(taken) or len(glued) >= 3 or _advertised(draft)
    glued = [piece for piece in glued if piece[2].sure or (told and piece[2].told)]
    if not (taken or glued) or _own(draft, taken):
        return
    for first, last in _runs(draft, taken):
        yield from draft.delete_lines(first, last, _RULE, _REASON)
    for start, end, _ in glued:
        yield from draft.delete(start, end, _RULE, _REASON)


# Where the author's sentence before or after a prompt glued to it ends or starts.
_ENDED = r"[。！？…][”’」』）)]*+(?=[^。！？”’」』）)]{2,40}+$)"
_OPENED = r"^[ \u3000]*+(\p{Han}{2,6}\s?[▶▼▲▽△↓»＞>]+(?:\s?\d{1,2}:\d{2})?)(?=[\p{Han}“])"


def _glued(line: Line) -> list[tuple[int, int, _Verdict]]:
    """Words of a page after the last sentence of a line, or before its first."""
    text = line.text
    found = []
    head = _pattern(_OPENED).match(text[:20])
    if head:
        found.append((line.start + head.start(1), line.start + head.end(1), _judge(head[1])))
    # Most lines end with a sentence: nothing is glued to those.
    if text[-1:] not in "。！？”’，；、：" and _anchors().search(text, max(0, len(text) - 40)):
        ends = list(_pattern(_ENDED).finditer(text, max(0, len(text) - 48)))
        if ends and text[ends[-1].end() :].strip():
            found.append((line.start + ends[-1].end(), line.end, _judge(text[ends[-1].end() :])))
    return [piece for piece in found if piece[2].told]


def _taken(draft: Draft, verdicts: dict[int, _Verdict]) -> set[int]:
    lines = draft.lines()
    masked = Counter(_masked(lines[number].text) for number in verdicts)
    taken = {number for number, verdict in verdicts.items() if verdict.sure}
    taken |= {number for number in verdicts if masked[_masked(lines[number].text)] >= 3}
    # A page that has spoken once may speak again, and three half words of it are one.
    told = [number for number, verdict in verdicts.items() if verdict.told]
    if taken or len(told) >= 3 or _advertised(draft):
        taken.update(told)
    if not taken:
        return taken
    for number in sorted(verdicts):
        if draft.neighbour(number, -1) in taken:
            taken.add(number)
    for number in sorted(verdicts, reverse=True):
        if draft.neighbour(number, 1) in taken:
            taken.add(number)
    return taken


def _advertised(draft: Draft) -> bool:
    """Whether an earlier stage found advertisements."""
    return any(edit.rule in _names_of_ads() for edit in draft.edits)


@cache
def _names_of_ads() -> frozenset[str]:
    return frozenset(rule.name for rule in builtin("ads"))


def _own(draft: Draft, taken: set[int]) -> bool:
    """Whether such lines are the document's own."""
    gone = sum(len(draft.lines()[number].text.strip()) for number in taken)
    if gone > _OWN * (sum(len(line.text.strip()) for line in draft.lines()) - gone):
        return True
    text = draft.text
    told = about_programs(text) or about_tags(text)
    return told or is_markdown(text) or draft.once(is_markup) or draft.once(is_code)


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


def _masked(text: str) -> str:
    return _pattern(r"\d+").sub("0", text.strip())


# --- one line ---------------------------------------------------------------------------------------------


@cache
def _pattern(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)


@cache
def _anchors() -> re.Pattern[str]:
    """Cheap sign of a line to look at: a word of a page, or two marks between cells."""
    every = sorted({*words("label"), *words("field"), *words("action")})
    return re.compile(
        "|".join(map(re.escape, every)) + r"|©|Powered|经营许可|备案|\d%|[＞@]|到底"
        r"|没有更多|来自|本帖|可能|喜欢|\.(?:doc|pdf|ppt|xls)|中国(?:移动|联通|电信)"
    )


def _possible(line: Line) -> bool:
    text = line.text
    if not 2 <= len(text) <= _LONGEST or line.blank:
        return False
    return not text.rstrip().endswith(("。", "，", "；", "、")) and bool(_anchors().search(text))


# Between cells: wide gaps, bars, icons. A single space parts cells only between words of the page.
_GAP = (
    r"[ \xa0]{2,}|[\t\u3000]+|[|｜¦┃•●▶►◀▼▲▽△↓↑→←☆★♡♥❤➦✦✧◆◇■□▎▏▌〈〉<>＜＞»«]+|\p{So}+|\s[-–—·/]\s"
    r"|[】〗\]]\s*[【〖\[]"
)
_COUNT = r"[+＋x×]?\d[\d,.]*\s?(?:[万亿wWkKmM千]\+?)?"
_STAMP = (
    r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/月]\d{1,2}日?)?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|昨天|前天|今天|刚刚|"
    r"\d+\s?(?:秒|分钟|小时|天|周|个?月|年)前|\d{1,3}(?:\.\d+)?%|[\d,.]+|[¥￥]\s?\d[\d.]*|[大中小]"
    r"|[·•…\-—_=*#@/\\+.]+|原创|转载|置顶|热"
    r"|[2345]G|LTE|(?i:wi-?fi)|HD|GMT[+-]\d+|\#\S{1,20}"
)
_NOTICE = (
    r"(?i)[©Ⓒ].{0,60}|copyright\b.{0,60}|.{0,8}(?:ICP|经营许可证|公网安备|备案号|许可证号?)[^。]{0,40}"
    r"|powered by .{0,30}|all rights reserved\.?"
    r"|GMT[+-]\d{1,2}.{0,24}|processed in .{0,60}|本帖最后由.{1,40}编辑|.{0,6}本帖最近.{0,8}评分记录.{0,40}"
    r"|.{0,4}来自\s?(?:微博|iPhone|Android|华为|小米|客户端|手机)[^。]{0,20}"
    r"|@\S{1,20}|//@.{0,60}|(?:中国)?(?:移动|联通|电信|广电)(?:\s?[2345]G)?(?:\s?(?:HD|VoLTE))?"
    r"|(?:位置|Loc\.?|Location)\s?\d+|\d{1,3}%\s(?:位置|Loc\.?)\s?\d+"
)

# What else there is on the site.
_RELATED = (
    r"(?:\p{Han}{1,6}[:：])?(?:猜[您你]喜欢|猜[您你]想看|[您你]可能(?:还|也)?(?:会)?(?:关注"
    r"|感兴趣|喜欢|需要)|相关(?:推荐|文章|文档|新闻|链接|搜索|资料|下载|帖子|主题)|热门(?:推荐"
    r"|文章|文档|搜索|标签)"
    r"|(?:推荐|延伸|相关|扩展)阅读|喜欢.{0,6}的人还?喜欢|看[过了].{0,6}的人还|大家(?:都|还)在[看搜]"
    r"|本类(?:推荐|热门)|同类推荐|更多相关)(?:[的]?\p{Han}{0,4})?(?:[:：《\s].*)?"
)


@cache
def _cells() -> tuple[tuple[regex.Pattern[str], int], ...]:
    """What a cell can be, with its points; 0 is a stamp."""
    label = "|".join(sorted(map(regex.escape, words("label")), key=len, reverse=True))
    field = "|".join(sorted(map(regex.escape, words("field")), key=len, reverse=True))
    unit = r"\s?[次人条个篇楼票℃℉分星]?(?:人)?"
    return (
        (regex.compile(_STAMP), 0),
        (regex.compile(rf"(?i)(?:{label})[…\.]*\s*[（(]?{_COUNT}[)）]?{unit}"), 2),
        (regex.compile(rf"(?:{field})[:：]?\s*[（(]?(?:约|共)?{_COUNT}{unit}字?[)）]?"), 2),
        (regex.compile(rf"(?:{_COUNT})\s?[次人条个篇]?(?:人|已)?(?:{field})(?:过|量|次|人数)?"), 2),
        (regex.compile(rf"(?:{field})[:：]\s*[^。，！？:：]{{1,20}}"), 1),
        (
            regex.compile(
                r"(?i)分享(?:到|至)[:：]?|\d(?:\.\d)?\s?分|[〇零一二三四五六七八九\d]+楼|(?:上一?[篇章页]"
                r"|下一?[篇章页])[:：].{0,24}"
            ),
            2,
        ),
        (regex.compile(_NOTICE), 2),
        (regex.compile(_RELATED), 3),
        (regex.compile(r"(?i)[^。，]{1,40}\.(?:docx?|pdf|pptx?|xlsx?|wps)"), 2),
        # Icons of a font that is not there leave a Latin letter.
        (regex.compile(rf"(?i)[A-Za-z]?(?:{label})[…\.]*(?:[a-z]|[（(]\p{{Han}}{{1,4}}[)）])?"), 1),
    )


_ICON = r"[〈‹▶►▼▲▽△↓↑☆♡♥❤➦✦✧>＞]|\p{So}"


def _judge(text: str) -> _Verdict:
    """Read a line in the words of a page.

    >>> _judge("写评论…　　☆ 收藏　　➦ 分享　　♡ 326").sure, _judge("图片加载失败，点击重试").weak
    (True, True)
    >>> _judge("他的收藏分三类，最多的是邮票").weak
    False
    """
    stripped = text.strip()
    crumbs = _crumbs(stripped)
    if crumbs:
        return crumbs
    points = known = other = 0
    related = False
    pieces = [piece.strip() for piece in _pattern(_GAP).split(stripped) if piece and piece.strip()]
    pieces = [each for piece in pieces for each in _parted(piece)]
    seen: set[str] = set()
    for piece in pieces:
        letters = sum(1 for character in piece if character.isalnum())
        worth = _cell(piece)
        related = related or bool(_pattern(_RELATED).fullmatch(piece))
        if worth is None and related:
            worth = 0  # titles of other pages
        if worth is None:
            other += letters
            continue
        known += letters
        if worth and piece not in seen:
            seen.add(piece)
            points += worth
    if points and _pattern(_ICON).search(stripped):
        points += 1
    if points < _ENOUGH and _pattern(_NOTICE).fullmatch(stripped.strip("[]【】 ")):
        return _Verdict(3, 0.0)
    return _Verdict(points, other / max(1, known + other))


def _parted(piece: str) -> list[str]:
    """A piece, at its single spaces too if all its words are the page's."""
    if " " not in piece or _cell(piece) is not None:
        return [piece]
    parts = piece.split(" ")
    return parts if sum(1 for part in parts if _cell(part) is not None) * 2 > len(parts) else [piece]


@cache
def _cell(piece: str) -> int | None:
    """The points of a cell; None if it is not one of a page's."""
    bare = piece.strip(" \u3000:：-—–~～·.…【】[]〖〗「」《》（）()*\"'!！_=^ˇ")
    if not bare:
        return 0
    for pattern, worth in _cells():
        if pattern.fullmatch(bare):
            if worth == 1 and len(bare) >= 4 and "：" not in bare:
                return 2
            return worth
    things = _prompt(bare)
    return None if not things else 4 if things > 1 and len(bare) >= 6 else 3


# A name before what it names: "下载某某APP".
_NAMED = r"[\p{Han}A-Za-z0-9]{2,8}?(?=APP|App|app|客户端|小程序|公众号)"
_MARKS = r"[\s，,。.：:！!？?、~～…·—\-%％\d（）()“”\"'【】\[\]>＞▼▶]+"


@cache
def _morphemes() -> regex.Pattern[str]:
    def group(name: str) -> str:
        return "|".join(sorted(map(regex.escape, words(name)), key=len, reverse=True))

    return regex.compile(
        rf"(?P<thing>{group('thing')})|(?P<action>{group('action')})|(?P<filler>{group('filler')})"
        rf"|(?P<mark>{_MARKS})|(?P<name>{_NAMED})"
    )


def _prompt(text: str) -> int:
    """How many things of a page a text names that asks to act on them in the page's words; 0 if it says more.

    >>> _prompt("剩余3页未读，展开阅读全文"), _prompt("打开柳河APP，阅读体验更佳"), _prompt("打开窗户")
    (2, 2, 0)
    """
    if len(text) > 40:
        return 0
    digits = bool(_pattern(r"\d").search(text))
    at = actions = things = rest = 0
    while at < len(text):
        found = _morphemes().match(text, at)
        if not found:
            rest += 1
            at += 1
            continue
        actions += found.lastgroup == "action"
        things += found.lastgroup == "thing"
        at = found.end()
    letters = sum(1 for character in text if character.isalpha())
    named = things or (actions > 1 or digits)
    return int(named) if actions and rest <= 0.15 * letters else 0


_CRUMB = r"\s*(?:>|＞|»|›|→|/|-|::|›)\s*"
_CRUMB_START = (
    r"(?:您|你)?(?:现在|当前)?(?:的)?(?:所在)?(?:位置)[:：]?.{0,12}|首页|主页|网站首页|[^。，]{1,10}(?:网"
    r"|文库|文档|论坛|频道|中心)"
)


def _crumbs(text: str) -> _Verdict | None:
    """The path to a page, if that is all the line is or begins with."""
    parts = _pattern(r"\s*(?:>|＞|»|›)\s*").split(text)
    if len(parts) < 3 or any(not part or len(part) > 40 for part in parts[:-1]):
        return None
    if _pattern(_CRUMB_START).fullmatch(parts[0]) or _pattern(r"正文|详情|文章|内容|浏览").match(parts[-1]):
        return _Verdict(_ENOUGH, 0.0)
    return None
