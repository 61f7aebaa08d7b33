"""Interface: reads one line in the words of a page, a reader or a phone (``packs/interface.toml``).

The line is cut into cells at wide gaps, bars and icons, and each cell is one of

=========  ======  ====================================================================
cell       points  what it is
=========  ======  ====================================================================
label      1 to 2  the word of a button (2 if it has four letters or a number after it)
field      1 to 2  a word with a colon: 来源：柳河日报; 2 if a number stands there
counter         2  a word and its number: 1.2万次阅读, 浏览量：300
prompt     2 to 4  words for acting on a page and for what is on it, and nothing else (4 if
                   for two things); 2 if other words stand between
related         3  what else the site has; the page before and the page after
notice          2  ©, a licence number, the name of the forum's program
menu            2  five sections of a site in a row
icon            1  an arrow, a star, a heart beside any of these
stamp      0 to 1  a share, a number, a mark of charge or reception; 1 for a full date with its time
other           -  what else there is
=========  ======  ====================================================================

Words that texts use too, as headings and in tables and forms (支持, 页数, 来源), count one point and are no *proof*;
nor are prompts that send the reader where a school or a shop does too (二维码, 公众号).
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from cleaner.field_rows import is_field_row
from cleaner.patterns import lazy, lazy_plain
from cleaner.phrases import Phrases
from cleaner.rules import words
from cleaner.traditional import simplified

TYPE_CHECKING = False
if TYPE_CHECKING:
    import regex

# Lines longer than this are text.
LONGEST = 140
_LONGEST_PROMPT = 60
_ENOUGH = 4
_BESIDE = 2
# More than this share of the letters in cells that are none of the page's, and the line says something else.
_OTHER = 0.4
# A menu's sections, and the share of them that must be known as such.
_MENU, _MENU_KNOWN = 5, 0.6
# Cells of a bar of buttons, and the share of its letters that may be in words of the site's own.
_BAR, _BARRED = 3, 0.8
# A button's words that are longer than this are a sentence nobody else writes.
_OWN_WORDS = 7
# A prompt that points at the page may have this share of words of its own, and be so long.
_POINTED, _POINTED_LENGTH = 0.55, 44
# Cells come again and again; a text with more of them than this is not made of chrome.
_REMEMBERED = 4096


class _Worth(NamedTuple):
    """The points of a cell, and those among them that prove something."""

    points: int
    proof: int


_STAMPED = _Worth(0, 0)


class Reading(NamedTuple):
    """What a line says in the words of a page."""

    points: int
    other: float
    """The share of its letters in other cells."""
    proof: int = 0
    """The points among them of words nobody but a page uses."""
    lone: bool = False
    """Whether it is one button's word and nothing else."""
    loose: bool = False
    """Whether it is in everybody's words, or a moment and a name as chats have above each speech."""

    @property
    def shy(self) -> bool:
        """Whether it is chrome only beside other chrome."""
        return self.lone or self.loose

    @property
    def sure(self) -> bool:
        """Whether the line is chrome wherever it stands."""
        return self.points >= _ENOUGH and self.proof >= _BESIDE and self.other <= _OTHER and not self.shy

    @property
    def whole(self) -> bool:
        """Whether it is chrome at the ends of a document: words of a page and nothing else."""
        return self.points > _BESIDE and self.proof >= _BESIDE and not self.other and not self.shy

    @property
    def told(self) -> bool:
        """Whether it is chrome in a document that has other chrome."""
        whole = self.points > _BESIDE and self.other <= _OTHER
        return not self.shy and (whole or (self.points == _BESIDE and not self.other))

    @property
    def weak(self) -> bool:
        """Whether it is chrome beside other chrome."""
        return self.points >= _BESIDE and self.other <= _OTHER

    @property
    def half(self) -> bool:
        """Whether it is chrome between other chrome: one word of a page, or a stamp, and nothing else."""
        return not self.other


NOTHING = Reading(0, 1.0)


@cache
def _anchors() -> Phrases:
    every = {*words("label"), *words("field"), *words("action"), *_OTHER_SIGNS}
    return Phrases(word for word in every if len(word) > 1)


_OTHER_SIGNS = (
    *("Powered", "unsubscribe", "mailing list", "listinfo", "经营许可", "备案", "到底", "没有更多", "来自", "本帖"),
    *("可能", "喜欢", "添加于", "相关", "人正在", "人划线", "人学过", "读完", "原创 ", "未完", "生成", "分辨率"),
    *("中国移动", "中国联通", "中国电信", "上一", "下一", "邮件", "围观"),
    *("commented", "this issue", "this as completed", "referenced", "label on", "participants", "self-assigned"),
    *("exporting settings", "Sign up", "ARCHIVED", "playback timings", "captures", "messages", "COPYRIGHT"),
    *("附件被", "材料可能", "已思考", "会犯错", "会出错", "首发", "文献出处", "ADVERTISEMENT", "发送消息", "此处"),
    *("捐了", "捐款即", "initiative of", "经文资讯", "本站第", "请关注", "键盘", "版本记录", "编辑说明"),
    *("其他事项", "请务必阅读", "请参阅最后", "张图片", "赞了", "发自我的", "还原", "网页", "被引频次", "LV"),
    *("了一条评论", "最近由"),
)
# Each begins with a literal, for which the engine scans: a class in front of one takes ten times as long on English.
_MARKS_OF_PAGES = lazy_plain(r"©|@|＞|%(?<=\d%)|\.(?:doc|pdf|ppt|xls)|:(?<=\d:)\d\d")
_ARROW = lazy_plain(r"\s[>›»]\s")


def signs(text: str) -> Iterator[int]:
    """Where cheap signs of a page stand in a text (in simplified characters): one of its words, or an odd mark.

    >>> sorted(signs("雨停了。\\n收藏 12\\n剩 40%"))
    [5, 15]
    """
    yield from (start for start, _ in _anchors().spans(text))
    yield from (found.start() for found in _MARKS_OF_PAGES.finditer(text))
    if ">" in text or "›" in text or "»" in text:
        yield from (found.start() for found in _ARROW.finditer(text))


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in words(name))


# --- cells ------------------------------------------------------------------------------------------------

_DIGIT = lazy_plain(r"\d")
_COUNT = r"[+＋x×]?\d[\d,.]*\s?[万亿wWkKmM千]?\+?"
_DATE = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/月]\d{1,2}日?)"
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?"
_MOMENT = rf"\d{{4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?\s*{_TIME}"
_WHEN = lazy(_MOMENT)
_ACTED = r"发表|发布|编辑|更新|修改|创建|上传|回复|收录|转载"
# When the page was made or changed.
_MADE = lazy(
    rf"(?:\p{{Han}}{{0,6}}(?:{_ACTED})?于?\s?)(?:{_MOMENT}|{_DATE})\s?(?:{_ACTED})"
    rf"|\p{{Han}}{{0,6}}(?:{_ACTED})于?[:：]?\s?{_MOMENT}"
)
# How a platform signs what is its own: 原创 柳林 渡口夜话 2021-03-04 21:00.
_BYLINE = lazy(
    rf"原创(?:\s\S{{1,16}}){{1,3}}\s(?:{_MOMENT}|{_DATE}|[昨前今]天|点击关注\S{{0,8}})(?:\s(?:发布于)?\p{{Han}}{{2,3}}|\s?发布)?"
)
# A moment and who posted.
_SIGNED = lazy(rf"(?:[^\s。，：]{{1,12}}\s)?{_MOMENT}(?:\s[^\s。，：]{{1,12}})?")
# Between cells: wide gaps, bars, icons. A single space parts cells only between words of the page.
_GAP = lazy(
    r"[ \xa0]{2,}|[\t\u3000]+|[|｜¦┃•●▶►◀▼▲▽△↓↑→←☆★♡♥❤➦✦✧◆◇■□▎▏▌〈〉<>＜＞»«]+|\p{So}+|\s[-–—·/]\s|\s?[・┊]\s?"
    r"|[\u27f0-\u27ff\u2900-\u297f]+|[+＋]{2,}|[】〗\]]\s*[【〖\[]"
)
_ICON = lazy(r"[〈‹▶►▼▲▽△↓↑☆♡♥❤➦✦✧>＞]|\p{So}")
# A role and a name with a bar between them are one cell.
_ROLE = lazy(r"(?<![\p{Han}])(\p{Han}{1,4})\s?[|｜丨/]\s?(?=\p{Han})")
# No space belongs before or after a colon.
_HELD = lazy(rf"{_MOMENT}|(?<![\p{{Han}}\w])\p{{Han}}{{1,4}} \d[\d.,]*[万亿wWkK]?(?![\p{{Han}}\w])")
_BEFORE_FIELD = lazy(r" (?=[\p{Han}]{2,6}[:：])")
_COLON = lazy(r"\s?([:：])\s?")
_STOP = lazy("[。！？；“”]")
_EDGE = " \u3000:：-—–~～·.…【】[]〖〗「」『』《》（）()*\"'!！?？_=^ˇ∨∧"

_DATED = lazy(rf"[（(]?(?:{_DATE}|{_MOMENT})[)）]?")
_STAMP = lazy(
    rf"{_DATE}?\s*(?:{_TIME})?|(?:昨天|前天|今天|今早|上午|下午)\s?(?:{_TIME})?|刚刚|\d+\s?(?:秒|分钟|小时|天|周|个?月|年)前"
    rf"|\d{{1,3}}(?:\.\d+)?%"
    rf"|{_COUNT}|[¥￥]\s?\d[\d.]*|[大中小白灰黑绿黄红]|[·•…\-—_=*#@/\\+.,，:]+|原创|转载|置顶|热|\d+\#|[12]/\d{{1,2}}"
    rf"|(?:\d{{2,5}}\s?[x×]\s?\d{{2,5}}|{_TIME}|\p{{So}}{{1,2}}),\s[\d.]+\s?[KMG]B"
    rf"|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}\s{_TIME}"
    rf"|\d{{1,2}}\s[A-Z][a-z]{{2,8}}\s\d{{4}}|{_TIME}\s?/\s?{_TIME}(?:\s+\d\.\d+[xX])?"
    r"|[2345]G|LTE|(?i:wi-?fi)|[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,20}){1,3}|HD|GMT[+-]\d+|\#\S{1,20}|\d+\s?[个篇条页]"
    r"|拼|译|注|赏"
)
# What one without a figure begins with, if it has more than two characters and is no address.
_STAMP_HEADS = "·•…-—_=*#@/\\+.,，:LHwW"
_NOTICE = lazy(
    # Whose a program is, its author writes too: without an address, a claim or a Chinese name.
    r"(?i)[©Ⓒ].{0,60}|copyright\b(?!\s*:)(?=.{0,50}(?:\p{Han}|reserved|www\.|\.com|\.cn|©)).{0,60}"
    r"|.{0,24}(?:ICP[备证号]|公网安备|备案号[:：]).{0,40}"
    r"|[^。《》]{0,12}许可证(?:编?号)?[:：]?\s?[（(A-Z\p{Han}]{0,4}[A-Z\d][-A-Z\d]{6,20}[^。]{0,24}"
    r"|(?:本文|原文|文章|永久|作品)(?:链接|地址|网址)[:：]\s?https?://\S+|powered by .{0,30}|all rights reserved\.?"
    r"|GMT[+-]\d{1,2}.{0,90}|processed in .{0,60}|本帖最后由.{1,40}编辑|.{0,6}本帖最近.{0,8}评分记录.{0,40}"
    r"|.{0,4}来自\s?(?:微博|iPhone|Android|华为|小米|客户端|手机)[^。]{0,20}"
    r"|@\S{1,20}|//@.{0,60}|(?:中国)?(?:移动|联通|电信|广电)(?:\s?[2345]G)?(?:\s?(?:HD|VoLTE))?"
    r"|(?:位置|Loc\.?|Location)\s?\d+|\d{1,3}%\s(?:位置|Loc\.?)\s?\d+"
    r"|.{0,12}建议(?:您)?使用.{0,40}(?:分辨率|浏览器).{0,24}"
    # Of lists of letters, of what a reader marked in a book, of texts nobody wrote.
    r"|\S{2,40} mailing list"
    r"|(?:您在)?.{0,8}位置\s?#?\d+(?:-\d+)?\s?的(?:标注|笔记|书签)|添加于 ?.{4,40}"
    r"|[-—–>\s]{0,6}来自\p{Han}{1,4}(?:读书|阅读|笔记)"
    r"|[（(]?(?:以上|本文|本页|该|此)?(?:内容|回答|文章|摘要|字幕|文稿)?由?.{0,8}(?:AI|人工智能|智能识别|平台智能识别)(?:自动)?生成[^。]{0,24}"
    # Of forums on a terminal; of pictures, the page's own dates, its rights.
    r"|※ (?:修改|来源|转载)[:：].{1,60}\[FROM[:：].{1,30}\]|第\s?\(\d+-\d+\)\s?行.{0,60}"
    r"|图片(?:来自|发自)\S{1,10}(?i:app)|last updated.{4,30}"
    r"|this is default featured slide \d title|go to blogger edit html.{0,90}"
    r"|(?:本文|本篇\p{Han}{2})(?:禁止|谢绝|未经许可不得)转载[^。]{0,8}"
    r"|IP\s?属地[:：]?\s?\p{Han}{2,4}|发[表布]于\p{Han}{2,3}"
    # What was done to a report on a host of code; what a chat and an archive note as they write a page.
    r"|[\w-]{1,39} (?:commented|opened this (?:issue|pull request)|(?:added|removed) .{1,40} labels?"
    r"|self-assigned this"
    r"|mentioned this (?:issue|pull request)|closed this(?: as completed)?(?: in \#\d+)?|reopened this"
    r"|changed the title.{0,80}"
    r"|(?:pinned|locked|merged|requested"
    r"|referenced) .{1,60}) on [A-Z][a-z]{2,8} \d{1,2},? \d{4}(?:\s?[•·]\s?\w{1,10})?"
    r"|this was referenced.{0,20}|sign up for free to .{1,90}|\d+ participants?|no (?:branches|milestone"
    r"|one assigned).{0,24}"
    r"|(?:photo|video|file|sticker|voice message|animation|not included), .{0,20}(?:exporting settings"
    r"|not included).{0,20}"
    r"|\d+ (?:captures|messages)|file archived on .{1,90}|all other content may also be .{1,80}"
    r"|playback timings.{1,90}"
    # Of mail: what a list took off, where its next letter is, what a programme adds to a letter.
    r"|[-—]{4,} ?(?:下一部分|next part) ?[-—]{4,}|一个.{1,8}附件被(?:移除|清除|删除)\.*"
    r"|(?:上|下)一封(?:邮件|信)[:：].{1,80}"
    r"|\S{1,20} [\w.-]{2,30} 在 [\w-]{1,30}(?:\.[\w-]{2,20}){1,4}"
    r"|(?:星期[一二三四五六日]|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)) \S{2,3} \d{1,2} \d\d:\d\d:\d\d [A-Z]{3,4} \d{4}"
    r"|邮件排序方式[:：].{1,40}|关于.{1,20}邮件列表的更多信息|https?://\S{4,80}/pipermail/\S+"
    r"|(?:网址|url)[:：]\s?<?https?://\S{4,90}/attachments/\S+|在打印(?:此|本)邮件(?:之)?前.{0,20}环境.{0,80}"
    # Of books, magazines, machines that answer.
    r"|(?:此|该|本)材料可能受版权保护。?|this material may be protected by copyright\.?"
    r"|已(?:深度)?思考[（(]?\s?(?:用时)?\s?\d+\s?秒[)）]?|.{2,10}(?:也)?可能会?(?:犯错|出错|不准确)，请(?:核查|核实|甄别).{0,12}"
    r"|给.{1,12}发送消息|(?:已阅读|搜索到|引用)\s?\d+\s?(?:个网页|篇资料)"
    r"|\S{2,16}\s(?:添加|回复|删除|解决)了一条评论|\S{2,12}\s编辑了此处|最近由.{1,14}编辑(?:于.{1,14})?"
    r"|匿名(?:用户|网友|好心人)?\s?捐(?:了|赠)\s?\d[\d.,]*\s?元|捐款即视为.{1,24}|您是本站第\s?\d+\s?位.{2,4}"
    r"|本文由.{1,16}首发.{0,4}未经.{0,4}(?:允许|许可|授权).{0,2}禁止转载|(?:更多)?相关\S{0,2}(?:资讯|内容|攻略)请关注[:：].{1,24}"
    r"|友情提示[:：]支持键盘.{1,24}|(?:文献出处|被引频次|下载频次|网络出版\p{Han}{2,4})】.{0,90}"
    r"|(?:推荐 )?.{0,16}不支持迅雷等下载工具.{0,24}|【?(?:Abstract|摘要)】? 更多还原"
    r"|发自我的\s?\S{2,12}(?:[，,].{1,16})?|上传了\s?\d+\s?张图片"
    r"|(?:经文资讯|版本记录|编辑说明|其他事项|原始资料)】.{0,90}|请务必阅读正文之?后的.{2,24}|敬请参阅最后一页.{2,16}"
    r"|.{2,40} is an initiative of .{2,90}"
    r"|\S{1,12}\s赞了该?(?:点评|回答|评论|文章)|LV\.?\d{1,2}"
)
# What every notice holds one of; compiled in a tenth of the time.
_NOTICE_SIGN = lazy_plain(
    r"[A-Za-z©Ⓒⓒ@]|下一部分|邮件|附件|排序|版权保护|思考|发送消息|甄别|核[查实]|网页|了一条|此处|编辑于|捐|第.{1,9}位|首发|资讯|记录|说明|事项|正文|最后|最佳|关注|键盘|迅雷|还原|频次|出处|发自|张图|赞了|标注|添加于|生成"
    r"|读书|安备|备案|许可证|链接|地址|网址|本帖|来自|转载|行|移动|联通|电信|广电|位置|使用|发[表布]于"
)
# What else there is on the site.
_OF_RELATED = tuple(
    "猜 您可能 你可能 相关 热门 荐阅读 伸阅读 展阅读 往期 的人还 的人喜欢 大家都在 大家还在 本类 类推 邻推".split()
)
_RELATED = lazy(
    r"(?:\p{Han}{1,6}[:：]|【[^】]{2,30}】)?(?:猜[您你]喜欢|猜[您你]想看|[您你]可能(?:还|也)?(?:会)?(?:关注"
    r"|感兴趣|喜欢|需要)|相关(?:推荐|文章|文档|新闻|链接|搜索|资料|下载|帖子|主题|阅读|视频|内容|专题|试题|试卷|问题)"
    r"|热门(?:推荐|文章|文档|搜索|标签|视频|新闻|话题)|(?:推荐|延伸|扩展)阅读|往期(?:推荐|回顾|精选|精彩|文章)"
    r"|喜欢.{0,6}的人还?喜欢|看[过了].{0,6}的人还|大家(?:都|还)在[看搜]"
    r"|本类(?:推荐|热门)|[同相][类邻]推荐|更多相关)(?:[的]?\p{Han}{0,4})?(?:[:：《\s].*)?"
)
# The page before and the page after, by their titles.
_TURN = lazy(
    r"[【\[]?(?:上一?|下一?|前一?|后一?)[篇章页条节个讲]\p{Han}{0,2}[】\]]?[:：].{0,48}"
    r"|分享(?:到|至)[:：]?(?:\s?[\p{Han}A-Za-z]{1,6}){0,8}"
)
_PAGER = lazy(
    r"(?:(?:上一页|首页|共?\d+页?[:：]?)\s*)?1 2 3(?: \d+)*(?: ?(?:\.{2,}|…) ?\d+)?(?: ?/ ?\d+)?(?: ?页)?"
    r"(?: 下一页| 尾页| »)*"
)
_FLOOR = lazy(r"\d(?:\.\d)?\s?分|[〇零一二三四五六七八九\d]+楼|第?\d+楼|\d+\#")
_FILE = lazy(r"(?i)[^。，]{1,40}\.(?:docx?|pdf|pptx?|xlsx?|wps|jpe?g|png|gif|zip|rar)(?:\s?\([^()]{1,40}\))?")
_COUNTED = lazy(
    rf"(?P<word>[^\d\s]\D{{0,11}}?)[…\.]*\s?[（(]?(?:约|共)?{_COUNT}[)）]?\s?[次人条个篇件楼票℃℉分星字页天元]?人?[)）]?"
)
# What else of the kind there is, counted: 相关法规 12 篇.
_OF_KIND = ("相关", "关联", "同类")
_NUMBERED = lazy(rf"{_COUNT}\s?[次人条个篇]?(?:人|已)?(?P<word>\p{{Han}}{{1,4}}?)(?:过|量|次|人数|了该回答|该回答)?")
_FIELD = lazy(r"(?P<word>[\p{Han}A-Za-z]{1,8})(?:约|共)?[:：](?P<value>[^。！？:：]{1,30}(?::\d\d){0,2})")
_NUMBER = lazy(rf"(?:约|共)?{_COUNT}\s?[\p{{Han}}A-Za-z%]{{0,2}}(?:[,，/]\s?{_COUNT})?")
# How many people do with a page what readers do: 1.2 万人正在看这一段, 31 人划线, 还有 12 条想法被折叠.
_READERS = lazy(
    rf"(?:已有|还有|共|约)?\s?{_COUNT}\s?(?:(?:位|个)?(?:人|读者|书友|网友|同学|用户)\s?(?:正在|都在|已经|已|也在)?"
    r"(?:看|读|学|听|阅读|在看|划线|点评|围观|打卡|想看|追更|收听|播放|浏览|赞同|觉得有用)(?:过|完|了|到)?(?:这|本|该|此)?"
    r"(?:一)?[段章节句课讲集期文书]?(?:内容|话)?|[条个](?:想法|评论|回复|笔记|划线|留言)(?:被折叠|未显示|已隐藏)?)"
)
# How long the page says the text is.
_LENGTH = lazy(
    rf"(?:本[章文篇节书])?(?:全文|共|约)?\s?{_COUNT}\s?(?:字|分钟)(?:读完|阅读|听完|可读完)|本[章文篇节]\s?{_COUNT}\s?字"
)
# A bar of buttons in brackets.
_BRACKETED_BAR = lazy(r"(?:(?:【[^【】]{1,14}】|\[[^\[\]]{1,14}\]|〔[^〔〕]{1,14}〕)\s*){3,}")
# Where a mailing list is left, below every letter of it.
_LIST_ADDRESS = lazy(r"https?://\S{4,80}/listinfo/\S{1,60}")
# Icons of a font that is not there leave a Latin letter.
_WORD = lazy(r"[A-Za-z]?(?P<word>\p{Han}[\p{Han}A-Za-z/|+]*?)[…\.]*(?:[a-z]|[（(]\p{Han}{1,4}[)）])?")

# Cells known by their form, with marks of which each holds one, and their points.
_FORMS = (
    (_TURN, (":", "：", "分享"), _Worth(3, 3)),
    (_FLOOR, ("分", "楼", "#"), _Worth(2, 0)),
    (_FILE, (".",), _Worth(2, 0)),
)
# Those of a cell with digits.
_NUMBERED_FORMS = (
    (_MADE, tuple(_ACTED.split("|")), _Worth(2, 1)),
    (_READERS, ("人", "读者", "书友", "网友", "同学", "用户", "条", "个"), _Worth(2, 2)),
    (_LENGTH, ("字", "分钟"), _Worth(2, 1)),
    _FORMS[0],
    (_PAGER, ("1 2 3",), _Worth(2, 2)),
    *_FORMS[1:],
)


def read(text: str) -> Reading:
    """Read a line in the words of a page.

    >>> read("写评论…　　☆ 收藏　　➦ 分享　　♡ 326").sure, read("图片加载失败，点击重试").weak
    (True, True)
    >>> read("他的收藏分三类，最多的是邮票").weak
    False
    """
    stripped = simplified(text.strip())
    digits = bool(_DIGIT.search(stripped))
    if digits and _holds(stripped, "-/.年月") and _DATED.fullmatch(stripped):
        return NOTHING  # the author's date as well as the page's
    if is_path(stripped) or ("/listinfo/" in stripped and _LIST_ADDRESS.fullmatch(stripped)):
        return Reading(_ENOUGH, 0.0, _ENOUGH)
    if digits and is_field_row(stripped):
        return Reading(_ENOUGH - 1, 0.0, _BESIDE)
    pieces = cells(stripped)
    points = proof = known = other = 0
    related = False
    seen: set[str] = set()
    for piece in pieces:
        letters = sum(map(str.isalnum, piece))
        worth = _cell(piece)
        related = related or _is_related(piece)
        if worth is None and related:
            worth = _STAMPED  # titles of other pages
        if worth is None:
            other += letters
            continue
        known += letters
        if worth.points and piece not in seen:
            seen.add(piece)
            points += worth.points
            proof += worth.proof
    if points and _ICON.search(stripped):
        points += 1
    share = other / max(1, known + other)
    if points < _ENOUGH and stripped.startswith("原创 ") and _BYLINE.fullmatch(stripped):
        return Reading(_ENOUGH - 1, 0.0, _BESIDE)
    if points < _ENOUGH and _is_notice(stripped.strip("[]【】 ")):
        return Reading(_ENOUGH - 1, 0.0, _BESIDE)
    if points < _BESIDE and _is_menu(pieces):
        return Reading(_BESIDE, 0.0)
    if other and digits and ":" in stripped and _SIGNED.fullmatch(stripped):
        return Reading(_BESIDE, 0.0, loose=True)
    if points:
        bare = stripped.strip(_EDGE)
        lone = len(seen) == 1 and len(bare) < _OWN_WORDS and bare.lower() in _set("label")
        # A bar of buttons has some that only this site knows.
        barred = len(pieces) >= _BAR and points >= _ENOUGH and proof >= _BESIDE and not _STOP.search(stripped)
        barred = barred or (points > _BESIDE and bool(_BRACKETED_BAR.fullmatch(stripped)))
        return Reading(points, min(share, _OTHER) if barred and share <= _BARRED else share, proof, lone)
    loose = _loose_prompt(stripped.strip(_EDGE))
    return Reading(loose, 0.0, 0, False, not _ICON.search(stripped)) if loose else Reading(0, share)


def _holds(text: str, marks: Iterable[str]) -> bool:
    """Whether there is one of ``marks``: asked before a pattern that needs one, so that few are ever compiled."""
    return any(map(text.__contains__, marks))


def cells(text: str) -> list[str]:
    """The cells of a line.

    >>> cells("◀ 课程目录 ｜ 第 4 讲 ｜ 字幕 开")
    ['课程目录', '第 4 讲', '字幕 开']
    """
    if _holds(text, ":："):
        text = _COLON.sub(r"\1", text)
    if _holds(text, "|｜丨/"):
        text = _ROLE.sub(lambda found: f"{found[1]}：" if found[1] in _set("credit") else found[0], text)
    pieces = [piece.strip() for piece in _GAP.split(text) if piece and piece.strip()]
    return [each for piece in pieces for each in _parted(piece)]


def _parted(piece: str) -> list[str]:
    """A piece, at its single spaces too if most of its words are the page's."""
    if " " not in piece or _cell(piece) is not None:
        return [piece]
    fields = _BEFORE_FIELD.split(piece) if _holds(piece, ":：") else [piece]
    if len(fields) > 1:
        return fields
    # A date and its time are one, and so are a word and its number.
    held = _HELD.sub(lambda found: found[0].replace(" ", "\xa0"), piece)
    parts = [part.replace("\xa0", " ") for part in held.split(" ")]
    return parts if sum(1 for part in parts if _cell(part) is not None) * 2 > len(parts) else [piece]


def _is_menu(pieces: list[str]) -> bool:
    """Whether a line is the sections of a site, and nothing else."""
    parts = [part for piece in pieces for part in piece.split(" ")]
    known = sum(1 for part in parts if part in _set("section") or part.lower() in _set("label"))
    return len(parts) >= _MENU and known >= _MENU_KNOWN * len(parts) and max(map(len, parts)) <= _MENU + 3


@lru_cache(maxsize=_REMEMBERED)
def _cell(piece: str) -> _Worth | None:
    """What a cell is worth; None if it is not one of a page's."""
    bare = piece.strip(_EDGE)
    digits = bool(_DIGIT.search(bare))  # most forms have some: without one their patterns need not be compiled
    stamp = digits or len(bare) <= 2 or bare[0] in _STAMP_HEADS or "@" in bare
    if not bare or (stamp and _STAMP.fullmatch(bare)):
        return _STAMPED
    if digits and ":" in bare and _WHEN.fullmatch(bare):
        return _Worth(1, 0)
    if _is_related(piece):
        return _Worth(3, 0)
    if _is_notice(bare):
        return _Worth(2, 2)
    for pattern, marks, worth in _NUMBERED_FORMS if digits else _FORMS:
        if _holds(bare, marks) and pattern.fullmatch(bare):
            return worth
    return (_counter(bare) if digits else None) or _field(bare) or _label(bare) or _prompt(bare)


def _is_related(piece: str) -> bool:
    return any(map(piece.__contains__, _OF_RELATED)) and bool(_RELATED.fullmatch(piece))


def _is_notice(text: str) -> bool:
    return bool(_NOTICE_SIGN.search(text) and _NOTICE.fullmatch(text))


def _word(word: str, points: int) -> _Worth:
    """A word of a page with its points, or one point and no proof if everybody uses it."""
    return _Worth(1, 0) if word.lower() in _set("common") else _Worth(points, points)


def _counter(bare: str) -> _Worth | None:
    for pattern in (_COUNTED, _NUMBERED):
        found = pattern.fullmatch(bare)
        word = found["word"].strip().lower() if found else ""
        if word in _set("label") or word in _set("field"):
            return _word(word, 2)
        if word.startswith(_OF_KIND) and len(word) <= _MENU:
            return _Worth(1, 0)
    return None


def _field(bare: str) -> _Worth | None:
    found = _FIELD.fullmatch(bare) if _holds(bare, ":：") else None
    if not found:
        return None
    word = found["word"].lower()
    if word in _set("field"):
        return _word(word, 2 if _NUMBER.fullmatch(found["value"]) else 1)
    if word in _set("shared-field"):
        return _Worth(2 if _WHEN.fullmatch(found["value"].strip()) else 1, 0)
    return _Worth(1, 0) if word in _set("credit") else None


def _label(bare: str) -> _Worth | None:
    found = _WORD.fullmatch(bare)
    for word in (bare, found["word"] if found else ""):
        if word.lower() in _set("label"):
            return _word(word, 2 if " " in word or len(word) >= (12 if word.isascii() else 4) else 1)
    return _Worth(1, 0) if bare.lower() in _set("common") or bare.lower() in _set("field") else None


# --- prompts ----------------------------------------------------------------------------------------------

# A name before what it names: "下载某某APP".
_NAMED = r"[\p{Han}A-Za-z0-9]{2,8}?(?=APP|App|app|客户端|小程序|公众号)"
_MARKS = (
    r"[“「『【《][^”」』】》\n]{1,12}[”」』】》]"
    r"|[\s，,。.：:！!？?、~～…·•—\-%％\d（）()“”\"'【】［］\[\]>＞▼▶]+"
)


@cache
def _morphemes() -> "regex.Pattern[str]":
    def group(name: str) -> str:
        return "|".join(sorted(map(re.escape, words(name)), key=len, reverse=True))

    return lazy(
        rf"(?P<thing>{group('thing')})|(?P<action>{group('action')})|(?P<filler>{group('filler')})"
        rf"|(?P<mark>{_MARKS})|(?P<name>{_NAMED})|(?P<loose>{group('loose')})"
    )


class _Words(NamedTuple):
    """The words of a prompt, counted; letters for what is not one."""

    actions: int
    things: int
    own: int
    """The things among them that belong to the page itself."""
    loose: int
    rest: int
    letters: int


@lru_cache(maxsize=_REMEMBERED)
def _count(text: str) -> _Words:
    at = actions = things = own = loose = rest = 0
    while at < len(text):
        found = _morphemes().match(text, at)
        if not found:
            rest += 1
            at += 1
            continue
        actions += found.lastgroup == "action"
        things += found.lastgroup == "thing"
        own += found.lastgroup == "thing" and found[0] not in words("contact")
        own += found.lastgroup == "action" and found[0] in words("page-action")
        loose += len(found[0]) if found.lastgroup == "loose" else 0
        at = found.end()
    return _Words(actions, things, own, loose, rest, sum(1 for character in text if character.isalpha()))


@cache
def _actions() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words("action")))))


def _acts(text: str) -> bool:
    """Whether a text has a word for acting on a page: without one it is no prompt, and to count takes long."""
    return _actions().search(text) is not None


def _prompt(text: str) -> _Worth | None:
    """What a text is worth that asks to act on a page in the page's words; None if it says more.

    >>> _prompt("剩余3页未读，展开阅读全文"), _prompt("扫描二维码，关注公众号"), _prompt("打开窗户")
    (_Worth(points=4, proof=4), _Worth(points=4, proof=0), None)
    """
    if len(text) > LONGEST // 3 or not _acts(text):
        return None
    found = _count(text)
    named = found.things or found.actions > 1 or _DIGIT.search(text)
    if not found.actions or not named or found.rest + found.loose > 0.15 * found.letters:
        return None
    points = 4 if found.things > 1 and len(text) >= 6 else 3
    return _Worth(points, points if found.own else 0)


# What is done here and now, on the page that says so.
_POINTS = lazy_plain(r"点此|点这里|点我|点击(?![率量数])|长按|轻[点触]|登录后|扫码|刷新|可跟随|请稍[候后等]|未完")


def _loose_prompt(text: str) -> int:
    """2 points for a text that asks to act on a page in everybody's words.

    >>> _loose_prompt("下载文档到电脑，查找使用更方便"), _loose_prompt("他下载的文档在桌上放了三年")
    (2, 0)
    >>> _loose_prompt("有错别字？点此告诉编辑部"), _loose_prompt("他点击三下，没有人回答")
    (2, 0)
    """
    if not 6 <= len(text) <= _LONGEST_PROMPT or not _acts(text):
        return 0
    found = _count(text)
    said = found.actions and found.actions + found.things > 1
    points = len(text) <= _POINTED_LENGTH and _POINTS.search(text)
    return _BESIDE if said and found.rest <= (_POINTED if points else 0.25) * found.letters else 0


# --- paths and notices ------------------------------------------------------------------------------------

_STEP = lazy(r"\s*(?:->|>|＞|»|›)\s*|\s(?:／|/|‧|·|→)\s")
_ROOT = lazy(
    r"(?:您|你)?(?:现在|当前)?(?:的)?(?:所在)?(?:位置)[:：]?.{0,12}|\p{Han}{0,4}首页|主页|[^。，]{1,10}(?:网"
    r"|文库|文档|论坛|频道|中心|书屋|书城|书院|小说|中文|题库|社区)"
)
_HERE = lazy_plain(r"(?:您|你)?(?:(?:现在|当前)的?(?:所在)?|的)位置是?[:：]|.{0,4}位置[:：]\s?首页")
_LEAF = lazy(r"正文|详情|文章|内容|浏览|当前文档|\p{Han}{2}详情")
_SECTION = lazy(r"[\p{Han}A-Za-z0-9/ ]{2,8}")


def is_path(text: str) -> bool:
    """Whether a text is the path to a page.

    >>> is_path("首页 > 散文 > 乡土 > 正文"), is_path("甲 > 乙 > 丙"), is_path("位置：东岸")
    (True, False, False)
    """
    parts = _STEP.split(text) if _holds(text, ">＞»›／/‧·→") else []
    if len(parts) == 2 and ">" in text and _HERE.match(parts[0]):
        return len(text) <= 40 and not _STOP.search(text)
    if len(parts) < 3 or any(not part or len(part) > 40 for part in parts[:-1]):
        return False
    return bool(_ROOT.fullmatch(parts[0]) or _LEAF.match(parts[-1]))


@cache
def _notice_words() -> "regex.Pattern[str]":
    return lazy("|".join(sorted(map(re.escape, words("notice")), key=len, reverse=True)))


def notice_words(text: str) -> int:
    """How many words of a site's notices stand in a text, each counted once.

    >>> notice_words("本站文档均由用户上传，若侵犯了您的权益，请联系客服"), notice_words("他走了。")
    (7, 0)
    """
    return len(set(_notice_words().findall(simplified(text.lower()))))
