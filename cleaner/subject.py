"""Subject: what a document is made of or about, where that decides what may be taken out of it.

Markup, code and SQL have tags, entities and ads in quotation marks of their own; an article about web pages quotes
tags; one about pictures in text has base64. What such documents show belongs to them.
"""

from itertools import islice

from cleaner.draft import Draft, Line
from cleaner.narrow import narrow
from cleaner.patterns import lazy

_MARKUP_START = lazy(
    r"(?i)\A\s*(?:<!--[^>]{0,400}-->\s*)?"
    r"(?:<\?xml|<\?php|<!doctype|<html|<head|<rss|<feed|<svg|<template|<script|<style|<root"
    r"|<div\b|<article|<main|<body)"
)
_TAG = lazy(r"</?[A-Za-z][\w:.-]{0,40}+(?:\s[^<>\n]{0,400}+)?/?>")
_TAG_NAME = lazy(r"</?([\w:.-]+)")
_CODE_END = lazy(r"(?:[;{}]|\)\s?\{|=>|,|\\|/?>)\s*+$")
_HAN = lazy(r"\p{Han}")
_STATEMENT = lazy(
    r"(?i)(?:CREATE\s+(?:TABLE|INDEX|VIEW|DATABASE)|DROP\s+TABLE|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM"
    r"|ALTER\s+TABLE|SELECT\s[^\n]{1,200}\sFROM|(?-i:CREATE\s+(?:OR\s+REPLACE\s+)?[A-Z]{4,}|GRANT|COMMENT\s+ON))\s"
)
_CODE_LINE = lazy(
    r"^(?:#!|//|/\*|\*\s|\#(?:include|define|if|endif)|@\w|(?:def|class|import|from|return|if"
    r"|elif|else|for|while|try|except"
    r"|with|func|function|fn|let|var|const|public|private|protected|static|struct|package|use"
    r"|using|namespace|assert|raise"
    r"|print|echo|export|local|end|fi|done|esac|then|do|switch|case|break|continue|pass)\b[^\u3002\uff1f\uff01]*$"
    r"|[\w.\[\]'\"$]{1,60}\s?(?:[-+*/|&:]?=)(?!=)\s?\S|[\])}]+[,;:]?$|[\w.]{1,60}\([^\u3002]*\)[;,:]?$"
    r"|(?:[rbf]?['\"]|\()[^\u3002]*['\")][,:]?(?:\s*[#/][^\n]*)?$)"
)


_CLAUSE = lazy(r"[，；！？]|。$")

# A key of a file of settings, and one whose values stand further in below it.
_KEYED = lazy(r"\s*(?:- )?[\w.\p{Han}-]{1,40}:(?:\s|$)")
_NESTED = lazy(r"(?m)^([ ]*)(?:- )?[\w.\p{Han}-]{1,40}:[ |>\r]*+(?=\n\1[ ]+\S)")
_NESTS = 2
# How a program's file begins, and the share of its lines that are code: the others are what it says of itself.
_PROGRAM = lazy(
    r"\A\s*(?:\#[^\n]{0,20}coding[:=]|\"\"\"|\'\'\'|//|/\*|package\s+[\w.]+;?\s|import\s+[\w.{*]+|from\s+[\w.]+\s+import"
    r"|\#\s?include\b|[\"']use strict|<\?php)"
)
_PROGRAM_SHARE = 0.25
# The shares of lines with keys, and of keys whose values stand below them, in settings that explain themselves.
_SETTINGS, _NEST_SHARE = 0.25, 0.1
_JSON = lazy(r"\A\s*[\[{]\s*(?:[\[{]\s*)*(?:\"[^\"\n]{1,400}\"\s*[:,\]]|[\]}])")

# Subtitles carry tags of their own.
_CUE = lazy(r"\d\d:\d\d:\d\d[,.]\d{3} --> ")
_CUES = 3


def is_markup(draft: Draft) -> bool:
    """Whether the tags are the document's own: HTML, XML, a component, code with tags in it.

    >>> is_markup(Draft("<!-- 正文 -->\\n<article>\\n<p>雨停了。</p>\\n</article>\\n"))
    True
    >>> is_markup(Draft("雨停了。<br/>\\n他走了。\\n"))
    False
    """
    text = draft.text
    if _MARKUP_START.match(text):
        return True
    lines = [line for line in draft.lines() if not line.blank]
    tagged = [line for line in lines if "<" in line.text and _TAG.search(line.text)]
    code = sum(1 for line in lines if not _HAN.search(line.text[-8:]) and _CODE_END.search(line.text[-40:]))
    # Code in prose is a few lines; a source file ends most of its lines like this.
    if code > 0.4 * len(lines) and code - len(tagged) > 0.2 * len(lines):
        return True
    if len(_CUE.findall(text)) >= _CUES:
        return True
    # A quarter of the lines, and not just one or two: stray tags are rare or of one form, a page's own open and
    # close again.
    return len(tagged) >= 4 and len(tagged) > 0.25 * len(lines) and _balanced(tagged)


def _balanced(lines: list[Line]) -> bool:
    """Whether most of the tags that open are closed, and by their own name."""
    opened: list[str] = []
    paired = other = 0
    for line in lines:
        for tag in _TAG.finditer(line.text):
            name = _TAG_NAME.match(tag[0])[1].lower()  # type: ignore[index]
            if (
                tag[0].endswith("/>")
                or name.endswith(":image")
                or name in ("br", "hr", "img", "image", "input", "meta", "link")
            ):
                continue
            if not tag[0].startswith("</"):
                opened.append(name)
            elif opened and opened[-1] == name:
                opened.pop()
                paired += 2
            else:
                other += 1
    return paired > 2 * (other + len(opened))


def is_code(draft: Draft) -> bool:
    """Whether the document is a program, statements for a database or settings in keys and values.

    >>> is_code(Draft("INSERT INTO 书 VALUES (1, '<p>');\\nINSERT INTO 书 VALUES (2, '&nbsp;');\\n"))
    True
    >>> is_code(Draft("#!/usr/bin/env python3\\nimport sys\\n"))
    True
    >>> is_code(Draft("广告:\\n  文案:\\n    - 扫码\\n  启用: false\\n"))
    True
    >>> is_code(Draft("page:\\r\\n  title: 渡口\\r\\npost:\\r\\n  author: 作者\\r\\n"))
    True
    >>> is_code(Draft("雨停了。\\nprint(1)\\n他走了。\\n"))
    False
    """
    text = draft.text
    if text.startswith("#!") and not text.startswith("#!["):
        return True
    if _JSON.match(text) and text.rstrip()[-1:] in ("]", "}"):
        return True
    lines = [line.text.strip() for line in draft.lines() if not line.blank]
    if sum(1 for line in lines if _STATEMENT.match(line)) >= 2 and sum(";" in line[-2:] for line in lines) >= 2:
        return True
    if len(lines) < 4:
        return False
    keyed = sum(1 for line in lines if _KEYED.match(line))
    nests = sum(1 for _ in _NESTED.finditer(text)) if keyed > _SETTINGS * len(lines) else 0
    if keyed > 0.5 * len(lines):
        return nests >= _NESTS
    if nests >= max(_NESTS, _NEST_SHARE * len(lines)):
        return True
    share = _PROGRAM_SHARE if _PROGRAM.match(text) else 0.5
    return sum(1 for line in lines if _CODE_LINE.match(line[:400])) > share * len(lines)


_TAGS_OF_A_PAGE = 4


def is_source(draft: Draft) -> bool:
    """Whether the document is a program, a page or data: then its line ends, spaces and odd characters are its own.

    One tag at the beginning may be all that is left of a page around a text.

    >>> is_source(Draft("<div>\\n雨停了。\\n他走了。\\n")), is_source(Draft("<div><p>雨停了。</p></div>\\n"))
    (False, True)
    """
    signs = len(narrow(draft.text).translate(None, b" \t\r\n"))
    if 2 * signs < draft.text.count("\n"):
        return False  # their lines have a sign each, but for blank ones; as nearly every Chinese text has not
    if is_code(draft):
        return True
    if not is_markup(draft):
        return False
    tags = sum(1 for _ in islice(_TAG.finditer(draft.text), _TAGS_OF_A_PAGE))
    return tags == _TAGS_OF_A_PAGE or not _MARKUP_START.match(draft.text)


# Half the lines of a list of words have so many characters at most; a line of verse has five or more. And what a line
# of it has on the average, its end included, at most: longer texts are not looked at.
_WORD, _WORD_LINE, _WORDS = 4, 8, 50
# The share of lines that may be phrases with a mark of the sentence in them.
_PHRASES = 0.05


def is_word_list(draft: Draft) -> bool:
    """Whether the document is a list of words, one a line, for a program: fifty short ones or more, no sentences.

    Lists of what a filter is to stop hold addresses and calls as they are met.

    >>> is_word_list(Draft("代开\\n私家\\nabc。com\\n点击进入\\n" * 20))
    True
    >>> is_word_list(Draft("人之初，性本善。\\n" * 80)), is_word_list(Draft("床前明月光\\n疑是地上霜\\n" * 40))
    (False, False)
    """
    text = draft.text
    if len(text) > _WORD_LINE * (text.count("\n") + 1):
        return False
    lines = [line.text for line in draft.lines() if not line.blank]
    if len(lines) < _WORDS or 2 * sum(len(line) <= _WORD for line in lines) < len(lines):
        return False
    return sum(1 for line in lines if _CLAUSE.search(line)) <= _PHRASES * len(lines)


_ABOUT_TAGS = lazy(r"""(?xi)
    # the technique by name, which a file's ending in an address is not
    (?<!(?:/|file:|文件:)[^\s“”]{0,80}\.)\b(?:x?html5?|xml|dom|jsx|vue|svg|css|markdown)\b(?!://)
    | </?[a-z][^<>\n]{0,60}+>[^\n]{0,3}(?:标[签记]|標[籤記]|元素|tag)
    | (?:标[签记]|標[籤記]|元素|tags?)[^\n<]{0,4}</?[a-z]
    | `[^`\n]{0,80}<[^`\n]{0,80}`
    | [“「『][\s、，]*+(?:(?:</?[a-z][^<>“”「」『』\n]{0,60}+>?|&\#?\w{2,8};|\[/?[a-z]{1,8}\])[\s、，]*+)++[”」』]
    | 转义|轉義|&(?:amp;)?\#?\w{2,8};[^\n]{0,4}(?:实体|实体字符|實體)
""")
_ABOUT_DATA = lazy(
    r"(?i)data[ -]?UR[IL]s?\b|\bdata:\[|内嵌图|base64[^\n]{0,6}(?:编码|解码|字符|格式|算法)"
    r"|(?:用|转成?|编成)\s?base64"
)
_ABOUT_LINE_ENDS = lazy(r"换行符|回车符|制表符|换行字符|转义|轉義|正则|正規|\b(?:CRLF|printf?|regex)\b")
_ABOUT_PROGRAMS = lazy(r"按钮|菜单|对话框|界面|窗口|选项卡|工具栏|下拉框|复选框|文本框|单击|双击|控件|图标|弹窗")


def about_tags(text: str) -> bool:
    """Whether the document talks about tags, or quotes nothing but a tag.

    >>> about_tags("换行用 <br> 标签。"), about_tags("末尾多了“<br/>”三个。"), about_tags("他走了。<br/>")
    (True, True, False)
    """
    return bool(_ABOUT_TAGS.search(text))


def about_data(text: str) -> bool:
    """Whether the document talks about files written into text."""
    return bool(_ABOUT_DATA.search(text))


def about_line_ends(text: str) -> bool:
    """Whether the document talks about line ends, and so may name them by their code."""
    return bool(_ABOUT_LINE_ENDS.search(text))


def about_programs(text: str) -> bool:
    """Whether the document tells how to use a program: three words for the parts of a window or more.

    >>> about_programs("单击工具栏上的按钮。"), about_programs("他把图标按了又按。")
    (True, False)
    """
    return sum(1 for _, _ in zip(_ABOUT_PROGRAMS.finditer(text), range(3), strict=False)) == 3


_MARKDOWN = tuple(
    lazy(pattern)
    for pattern in (
        r"(?m)^(?:```|~~~)",
        r"(?m)^#{1,6} \S",
        r"(?<!!)\[[^\[\]\n]{1,120}\]\((?:https?://|[./#]|\w)[^()\s]{0,300}\)",
        r"(?m)^ {0,3}\|?(?:\s?:?-{3,}:?\s?\|)+",
        r"(?m)^\[[^\]\n]{1,60}\]:\s",
        r"(?m)\S[^\n]*\n={3,}[ ]*+$",
        r"(?m)^-{3,}\s*+$",
        r"(?m)^\s{0,6}[*+-] \S",
        r"\*\*[^*\n]{1,80}\*\*",
        r"(?<!`)`[^`\n]{1,80}`(?!`)",
        r"(?m)^> ",
    )
)
# The first six nobody writes by chance; of the others, list hyphens or a ruler, it takes three.
_SURE_MARKDOWN = 6


def is_markdown(text: str) -> bool:
    """Whether the author wrote Markdown; images alone are no proof, converters leave those.

    >>> is_markdown("# 用法\\n见 [手册](https://example.com/a)。\\n")
    True
    >>> is_markdown("正文\\n![image](http://pic.example.com/1.png)\\n- 12 -\\n")
    False
    """
    if any(pattern.search(text) for pattern in _MARKDOWN[:_SURE_MARKDOWN]):
        return True
    return sum(bool(pattern.search(text)) for pattern in _MARKDOWN[_SURE_MARKDOWN:]) >= 3


_WIKI_HEADING = lazy(r"(?m)^(={2,5})[^=\n]{1,60}\1[ ]*+$")


def is_wiki(text: str) -> bool:
    """Whether the author wrote the markup of a wiki: two headings between equals signs or more.

    >>> is_wiki("== 开头 ==\\n雨停了。\\n== 结尾 ==\\n他走了。\\n"), is_wiki("若 a == b\\n则 b == a\\n")
    (True, False)
    """
    return sum(1 for _, _ in zip(_WIKI_HEADING.finditer(text), range(2), strict=False)) == 2
