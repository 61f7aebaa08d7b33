"""Markup that a scraper left behind: broken image tags, stray tags, comments, entities.

The document decides what may go (kinds are those of packs/markup.toml):

=================================  ======  =====================  =====================
the document                       broken  machine, machine-line  stray, line, the rest
=================================  ======  =====================  =====================
is markup or code                  stays   stays                  stays
is Markdown                        goes    stays                  stays
talks about tags                   goes    goes                   stays
is plain text                      goes    goes                   goes
=================================  ======  =====================  =====================

Inside code fences and backticks everything stays. A tag that is all a line has goes with its line; inside a
line the text around it stays.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from cleaner.config import Config
from cleaner.draft import Draft, Line
from cleaner.edits import Edit
from cleaner.rules import Rule, builtin


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    replacement: str
    rule: Rule


def propose(draft: Draft, config: Config) -> Iterator[Edit]:
    """Take out what is left of markup in a document that has none of its own.

    >>> tag = '<image>data:image/s3,"s3://a/b" alt=""</image>'
    >>> [edit.rule for edit in propose(Draft(f"正文。\\n{tag}\\n"), Config())]
    ['image-tag']
    >>> list(propose(Draft("换行用 <br> 标签。\\n"), Config()))
    []
    """
    text = draft.text
    found = [rule for rule in builtin("markup") if rule.possible(text) and rule.compiled.search(text)]
    if not found:
        return
    kinds = _removable(draft)
    spans = _spans(draft, [rule for rule in found if rule.kind in kinds])
    if spans:
        yield from _edits(draft, spans)


# --- what kind of document is it --------------------------------------------------------------------------

_MARKUP_START = regex.compile(
    r"(?i)\A\s*(?:<\?xml|<\?php|<!doctype|<html|<head|<rss|<feed|<svg|<template|<script|<style|<root|<div\b)"
)
_TAG = regex.compile(r"</?[A-Za-z][\w:.-]{0,40}+(?:\s[^<>\n]{0,400}+)?/?>")
_CODE_END = regex.compile(r"(?:[;{}]|\)\s?\{|=>|,|\\|/?>)\s*+$")
_HAN = regex.compile(r"\p{Han}")
_ABOUT_TAGS = regex.compile(
    r"""(?xi)
    \b(?:x?html5?|xml|dom|jsx|vue|svg|css|markdown)\b(?!://)       # the technique by name
    | </?[a-z][^<>\n]{0,60}+>[^\n]{0,3}(?:标[签记]|標[籤記]|元素|tag)
    | (?:标[签记]|標[籤記]|元素|tags?)[^\n<]{0,4}</?[a-z]
    | `[^`\n]{0,80}<[^`\n]{0,80}`
    | 转义|轉義|&(?:amp;)?\#?\w{2,8};[^\n]{0,4}(?:实体|实体字符|實體)
    """
)
_MARKDOWN = (
    regex.compile(r"(?m)^(?:```|~~~)"),
    regex.compile(r"(?m)^#{1,6} \S"),
    regex.compile(r"(?<!!)\[[^\[\]\n]{1,120}\]\((?:https?://|[./#]|\w)[^()\s]{0,300}\)"),
    regex.compile(r"(?m)^ {0,3}\|?(?:\s?:?-{3,}:?\s?\|)+"),
    regex.compile(r"(?m)^\[[^\]\n]{1,60}\]:\s"),
    regex.compile(r"(?m)\S[^\n]*\n={3,}[ ]*+$"),
    regex.compile(r"(?m)^-{3,}\s*+$"),
    regex.compile(r"(?m)^\s{0,6}[*+-] \S"),
    regex.compile(r"\*\*[^*\n]{1,80}\*\*"),
    regex.compile(r"(?<!`)`[^`\n]{1,80}`(?!`)"),
    regex.compile(r"(?m)^> "),
)
# The first six nobody writes by chance; of the others, list hyphens or a ruler, it takes three.
_SURE_MARKDOWN = 6


def _removable(draft: Draft) -> set[str]:
    """The kinds of rules that may act in this document."""
    text = draft.text
    if _is_markup(draft):
        return set()
    if is_markdown(text):
        return {"broken"}
    if _ABOUT_TAGS.search(text):
        return {"broken", "machine", "machine-line"}
    return {"broken", "machine", "machine-line", "stray", "line", "entity", "line-end", "reader-mark"}


def is_markdown(text: str) -> bool:
    """Whether the author wrote Markdown; images alone are no proof, converters leave those.

    >>> is_markdown("# 用法\\n见 [手册](https://example.com/a)。\\n")
    True
    >>> is_markdown("正文\\n![image](http://pic.example.com/1.png)\\n- 12 -\\n")
    False
    """
    found = [bool(pattern.search(text)) for pattern in _MARKDOWN]
    return any(found[:_SURE_MARKDOWN]) or sum(found) >= 3


def _is_markup(draft: Draft) -> bool:
    """Whether the tags are the document's own: HTML, XML, a component, code with tags in it."""
    text = draft.text
    if _MARKUP_START.match(text):
        return True
    lines = [line for line in draft.lines() if not line.blank]
    tagged = [line for line in lines if "<" in line.text and _TAG.search(line.text)]
    code = sum(1 for line in lines if not _HAN.search(line.text[-8:]) and _CODE_END.search(line.text[-40:]))
    # Code in prose is a few lines; a source file ends most of its lines like this.
    if code > 0.4 * len(lines) and code - len(tagged) > 0.2 * len(lines):
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
            name = regex.match(r"</?([\w:.-]+)", tag[0])[1].lower()  # type: ignore[index]
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


# --- where the rules strike -------------------------------------------------------------------------------

_FENCE = regex.compile(r"(?m)^\s{0,3}(?:```|~~~).*$")
_CHAT_LINE = regex.compile(r"\d{1,2}:\d{2}")
_CERTIFICATE = "-----BEGIN"


def _spans(draft: Draft, rules: list[Rule]) -> list[_Span]:
    """What the rules match, in order, without overlap; inside code nothing."""
    text = draft.text
    found: list[_Span] = []
    fences = [fence.start() for fence in _FENCE.finditer(text)] if "```" in text or "~~~" in text else []
    for rule in rules:
        if rule.name == "image-placeholder" and _is_chat(draft):
            continue
        if rule.name == "base64-run" and _CERTIFICATE in text:
            continue
        for match in rule.compiled.finditer(text):
            start, end = match.span()
            if start == end or text[start - 1 : start] == "`" or text[end : end + 1] == "`":
                continue
            if sum(fence < start for fence in fences) % 2:
                continue
            found.append(_Span(start, end, _written(rule, match[0]), rule))
    found.sort(key=lambda span: (span.start, -span.end))
    spans: list[_Span] = []
    for span in found:
        if not spans or span.start >= spans[-1].end:
            spans.append(span)
    return spans


def _is_chat(draft: Draft) -> bool:
    """Whether the document is a chat, where [图片] is what somebody sent."""
    lines = [line for line in draft.lines() if not line.blank]
    timed = sum(1 for line in lines if _CHAT_LINE.search(line.text[:60]))
    return timed >= 3 and timed > 0.1 * len(lines)


def _written(rule: Rule, found: str) -> str:
    """What the match becomes: an entity its character, a coded line end a line end, the rest nothing."""
    if rule.kind == "entity":
        character = html.unescape(html.unescape(html.unescape(found)))
        return " " if character in "\xa0\u2002\u2003\u2009" else character if character.isprintable() else ""
    if rule.name == "line-end-code" and "x0a" in found.lower():
        return "\n"
    return rule.replacement


# --- edits ------------------------------------------------------------------------------------------------


def _edits(draft: Draft, spans: list[_Span]) -> Iterator[Edit]:
    lines = draft.lines()
    emptied = _emptied(draft, spans)
    numbers = sorted(emptied)
    at = 0
    while at < len(numbers):
        first = last = numbers[at]
        while at + 1 < len(numbers) and all(lines[between].blank for between in range(last + 1, numbers[at + 1])):
            at += 1
            last = numbers[at]
        rule = emptied[first]
        yield from draft.delete_lines(first, last, rule.name, rule.reason)
        at += 1
    whole = [(lines[number].start, lines[number].end) for number in numbers]
    for span in spans:
        if span.rule.kind in ("line", "machine-line") or _inside(span, whole):
            continue
        yield from _cut(draft, span)


def _emptied(draft: Draft, spans: list[_Span]) -> dict[int, Rule]:
    """The lines on which the spans leave nothing, each with the rule to blame."""
    emptied: dict[int, Rule] = {}
    at = 0
    for line in draft.lines():
        while at < len(spans) and spans[at].end <= line.start:
            at += 1
        if at == len(spans):
            break
        rest, position, here = "", line.start, at
        while here < len(spans) and spans[here].start < line.end:
            span = spans[here]
            rest += draft.text[position : span.start] + span.replacement.strip()
            position = max(position, span.end)
            here += 1
        if here > at and not line.blank and not (rest + draft.text[position : line.end]).strip():
            emptied[line.number] = spans[at].rule
    return emptied


def _inside(span: _Span, whole: list[tuple[int, int]]) -> bool:
    from bisect import bisect_right

    index = bisect_right(whole, (span.start, 1 << 60)) - 1
    return index >= 0 and whole[index][0] <= span.start < max(whole[index][1], whole[index][0] + 1)


def _cut(draft: Draft, span: _Span) -> list[Edit]:
    """Take a span out of its line, and with it one of the two spaces it stood between."""
    text, start, end = draft.text, span.start, span.end
    if span.replacement:
        if span.replacement == "\n" and text[end : end + 1] in ("", "\n", "\r"):
            return draft.delete(start, end, span.rule.name, span.rule.reason)
        return draft.replace(start, end, span.replacement, span.rule.name, span.rule.reason)
    if text[end : end + 1] == " " and (text[start - 1 : start] in ("", "\n", " ")):
        end += 1
    return draft.delete(start, end, span.rule.name, span.rule.reason)
