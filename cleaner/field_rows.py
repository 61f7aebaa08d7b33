"""Field rows: when a page was made, by whom, from where, and how often it was read, in the line under its title.

====================================  ====================================================================
the line                              and in it
====================================  ====================================================================
labels with values, run together or   a moment to the second, or one to the minute or a date with a label that
apart: 更新时间：… 来源：… 点击：      only pages have; or a date and a counter. A counter may have lost its number
a name, a moment, a counter:          the moment to the minute, and the counter at the end
柳叶 2024-07-20 15:37 阅读 94
====================================  ====================================================================

Minutes of a meeting and records have labels of their own (地点, 记录, 编号), which no page prints there.
"""

from functools import cache, lru_cache

from cleaner.patterns import lazy, lazy_plain
from cleaner.rules import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    import regex

_LONGEST = 120
_VALUE = 30
_NAME = 16
_REMEMBERED = 256

_DATE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_TIMED = rf"{_DATE}\s*\d{{1,2}}[:：]\d{{2}}(?P<seconds>[:：]\d{{2}})?"
_MOMENT = lazy_plain(_TIMED)
_DATED = lazy_plain(_DATE)
_WHEN = lazy_plain(rf"(?:{_TIMED}|{_DATE})")
_NUMBER = lazy_plain(r"\d[\d,.]*\s?[万wk]?\+?\s?[次人]?")
_COUNTERS = (
    *("点击", "阅读", "浏览", "人气", "点击量", "点击数", "阅读量", "阅读数", "浏览量", "浏览数", "浏览次数"),
    *("阅读次数", "点击次数", "访问量", "查看", "回复", "评论", "热度", "下载", "收藏", "点赞"),
)
# Labels of a page, beside those of packs/interface.toml.
_LABELS = ("作者", "发表时间", "文档序号", "信息编号", "类别", "点击/评论", "TAG", "Tag", "tag", "tags", "Tags")
# These everybody writes over a text of his own.
_ANYBODYS = frozenset((*("作者", "时间", "日期", "来源", "编辑", "类别", "文", "图"),))
_COUNTED = lazy(
    r"(?:已?(?:阅读|浏览|点击|人气|围观|查看)(?:数|量|次数)?\s?[:：（(]?\s?\d[\d,.]*\s?[万wk]?\+?[)）]?\s?(?:人?次|人)?"
    r"|(?:(?<![\d/:-])\d[\d,.]*\s?[万wk]?\+?\s?)?(?:人|次)(?:已|在)?(?:看过|阅读|浏览|围观|点击|查看))$"
)


@cache
def _label() -> "regex.Pattern[str]":
    every = {*words("field"), *words("shared-field"), *words("credit"), *_COUNTERS, *_LABELS}
    return lazy(rf"(?P<label>{'|'.join(sorted(every, key=len, reverse=True))})\s?[:：]")


@lru_cache(maxsize=_REMEMBERED)
def is_field_row(text: str) -> bool:
    """Whether a line, in simplified characters, is what a page prints under its title.

    >>> is_field_row("更新时间：2022-12-03 10:38:46作者：小站"), is_field_row("掘叶 2024-07-20 15:37 阅读 94")
    (True, True)
    >>> is_field_row("时间：2021-03-05 14:00　地点：三楼　记录：王小满"), is_field_row("2021-03-05 晨读 20 分钟")
    (False, False)
    """
    if len(text) > _LONGEST or not _DATED.search(text):
        return False
    return _is_labelled(text) or _is_counted(text)


def _is_labelled(text: str) -> bool:
    """Whether the line is labels with their values and nothing else."""
    labels = [*_label().finditer(text)]
    if not labels:
        return False
    lead = text[: labels[0].start()].strip()
    ends = [*(label.start() for label in labels[1:]), len(text)]
    values = [text[label.end() : end].strip(" \u3000|·") for label, end in zip(labels, ends, strict=True)]
    if (lead and not _WHEN.fullmatch(lead)) or len(labels) + bool(lead) < 2 or not all(map(_is_value, values)):
        return False
    names = [label["label"] for label in labels]
    moments = [found for each in (lead, *values) if (found := _WHEN.fullmatch(each))]
    pages = any(name not in _ANYBODYS for name in names)
    counted = any(name in _COUNTERS and _is_count(value) for name, value in zip(names, values, strict=True))
    to_the_second = any(found["seconds"] for found in moments)
    timed = any(_MOMENT.fullmatch(found[0]) for found in moments)
    return bool(moments) and (to_the_second or counted or (timed and pages))


def _is_value(value: str) -> bool:
    """Whether a value is short and says no sentence; a label that no page has would stand in it with its colon."""
    said = _WHEN.sub("", value)
    return len(value) <= _VALUE and not any(mark in said for mark in "：:。！？；")


def _is_count(value: str) -> bool:
    return not value or bool(_NUMBER.fullmatch(value))


def _is_counted(text: str) -> bool:
    """Whether the line is a moment and a counter, and a name at most."""
    moment, counter = _MOMENT.search(text) or _DATED.search(text), _COUNTED.search(text)
    if not moment or not counter or counter.start() < moment.end():
        return False
    timed = ":" in moment[0] or "：" in moment[0]
    lost = not any(map(str.isdigit, counter[0]))  # 人已围观: nobody writes it without a number
    rest = text[: moment.start()] + text[moment.end() : counter.start()]
    letters = sum(map(str.isalnum, rest))
    return (timed or lost) and letters <= _NAME and not any(mark in rest for mark in "。，；！？：:“")
