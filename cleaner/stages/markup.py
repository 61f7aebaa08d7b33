"""Markup that a scraper left behind: broken image tags, stray tags, comments, entities.

The document decides what may go (kinds are those of packs/markup.toml):

=================================  ======  =====================  =====================
the document                       broken  machine, machine-line  stray, line, the rest
=================================  ======  =====================  =====================
is markup or code                  stays   stays                  stays
is Markdown, Org or a wiki's       goes    stays                  stays
talks about tags                   goes    goes                   stays
is plain text                      goes    goes                   goes
=================================  ======  =====================  =====================

Inside code fences and backticks everything stays, and so does a line that a colon announces. A tag that is all a
line has goes with its line; inside a line the text around it stays.
"""

import string
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import regex

from cleaner.config import Config
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.narrow import narrow
from cleaner.outline import Sieve, sketches
from cleaner.patterns import lazy, lazy_plain
from cleaner.rules import Rule
from cleaner.subject import about_data, about_line_ends, about_tags, is_code, is_markdown, is_markup, is_wiki
from cleaner.typed import typed


class _Span(NamedTuple):
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
    found = [rule for rule in Sieve(sketches("markup")).possible(text) if _is_found(rule, text)]
    if not found:
        return
    kinds = _removable(draft)
    spans = _spans(draft, [rule for rule in found if rule.kind in kinds])
    if spans:
        yield from _edits(draft, spans)


# What base64-run needs: so many of its letters in a row, each of which is written as the same here. In English that
# is found missing in a twentieth of the time the pattern takes.
_SAME = b"a"
_LONG_WORD = 120 * _SAME
_LETTERS = frozenset(string.ascii_letters + string.digits + "+/")
_SAME_LETTERS = b"".join(_SAME if chr(code) in _LETTERS else b" " for code in range(256))


def _is_found(rule: Rule, text: str) -> bool:
    if rule.name == "base64-run" and _LONG_WORD not in narrow(text).translate(_SAME_LETTERS):
        return False
    return rule.compiled.search(text) is not None


# --- what kind of document is it --------------------------------------------------------------------------


def _removable(draft: Draft) -> set[str]:
    """The kinds of rules that may act in this document."""
    text = draft.text
    if draft.once(is_markup) or draft.once(is_code):
        return set()
    if is_markdown(text) or is_wiki(text) or typed(text).lines:
        return {"broken"}
    if about_tags(text):
        return {"broken", "machine", "machine-line"}
    return {"broken", "machine", "machine-line", "stray", "line", "entity", "line-end", "reader-mark"}


# --- where the rules strike -------------------------------------------------------------------------------

_FENCE = lazy(r"(?m)^\s{0,3}(?:```|~~~).*$")
_NAMED = lazy(r"\p{Han} (?=<)")
_NAMED_AFTER = lazy(r" \p{Han}")
_CHAT_LINE = lazy(r"\d{1,2}:\d{2}")
# What a colon announces is shown, not left behind.
_ANNOUNCED = lazy(r"[：:]\s*\n\s*$")
_NEAR = 8
# So is what somebody quotes, and nothing else.
_QUOTED = ("“”", "「」", "『』", "‘’")
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
        if rule.name in ("image-data", "base64-run", "base64-image") and about_data(text):
            continue
        if rule.kind == "line-end" and about_line_ends(text):
            continue
        if rule.name == "entity-of-markup" and not _entities_are_damage(text):
            continue
        for match in rule.compiled.finditer(text):
            start, end = match.span()
            if start == end or text[start - 1 : start] == "`" or text[end : end + 1] == "`":
                continue
            if rule.kind != "entity" and text[start - 1 : start] + text[end : end + 1] in _QUOTED:
                continue
            if sum(fence < start for fence in fences) % 2:
                continue
            if rule.kind in ("line", "machine-line") and _ANNOUNCED.search(text, max(0, start - _NEAR), start):
                continue
            found.append(_Span(start, end, _written(rule, match), rule))
    tags = [span for span in found if span.rule.name == "stray-tag"]
    for span in tags:
        if _is_place_holder(text, span):
            found.remove(span)
    tags = [span for span in found if span.rule.name == "stray-tag"]
    # One tag, set off by spaces in the middle of a sentence, is what the sentence is about.
    if len(tags) == 1 and _NAMED.match(text, max(0, tags[0].start - 2)) and _NAMED_AFTER.match(text, tags[0].end):
        found.remove(tags[0])
    found.sort(key=lambda span: (span.start, -span.end))
    spans: list[_Span] = []
    for span in found:
        if not spans or span.start >= spans[-1].end:
            spans.append(span)
    return spans


def _is_place_holder(text: str, span: _Span) -> bool:
    """Whether a tag of one letter stands for a word in a line of its program: between spaces, and never closed.

    >>> from cleaner.rules import builtin
    >>> rule = next(rule for rule in builtin("markup") if rule.name == "stray-tag")
    >>> _is_place_holder("比较 <a> <b>", _Span(3, 6, "", rule)), _is_place_holder("甲<p> 乙", _Span(1, 4, "", rule))
    (True, False)
    """
    tag = text[span.start : span.end]
    around = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    if len(tag) != 3 or around[0] != " " or around[1] not in (" ", "\n", ""):
        return False
    return f"</{tag[1]}" not in text


def _is_chat(draft: Draft) -> bool:
    """Whether the document is a chat, where [图片] is what somebody sent."""
    lines = [line for line in draft.lines() if not line.blank]
    timed = sum(1 for line in lines if _CHAT_LINE.search(line.text[:60]))
    return timed >= 3 and timed > 0.1 * len(lines)


_ENTITY = lazy(r"&(?:amp;)*(#?\w{2,8});")
# Tags that end a line.
_BREAK, _LINE_END = lazy_plain(r"(?i)<(?:br|/p|/div|/tr|/li|/h\d)\b"), lazy_plain(r"\r?\n|\r")
_CURTAILED = lazy_plain("&([lr][sd])o;")
# What a technical text writes in place of a tag's angle brackets, and what its author may have written so.
_MEANT_ENTITIES = frozenset(("lt", "gt", "amp", "quot"))


def _entities_are_damage(text: str) -> bool:
    """Whether entities got into the document by themselves: it has others than those that stand for angle brackets.

    >>> _entities_are_damage("甲&nbsp;&lt;乙&gt;"), _entities_are_damage("命令 git clone &lt;地址&gt;")
    (True, False)
    """
    return any(found[1].lower() not in _MEANT_ENTITIES for found in _ENTITY.finditer(text))


def _written(rule: Rule, match: regex.Match[str]) -> str:
    """What the match becomes: an entity its character, a coded line end a line end, the rest nothing."""
    found = match[0]
    if rule.kind == "entity":
        import html  # slow to import, and most texts have no entities

        whole = _CURTAILED.sub(r"&\1quo;", found)
        character = html.unescape(html.unescape(html.unescape(whole)))
        return " " if character in "\xa0\u2002\u2003\u2009" else character if character.isprintable() else ""
    if rule.kind == "line-end" and ("x0a" in found.lower() or _ends_sentence(match)):
        return "\n"
    return rule.replacement


def _ends_sentence(match: regex.Match[str]) -> bool:
    """Whether a coded line end stands where a sentence ends."""
    return "\\n" in match[0] and match.string[match.start() - 1 : match.start()] in ("。", "！", "？", "…", "”", "：")


# --- edits ------------------------------------------------------------------------------------------------


def _edits(draft: Draft, spans: list[_Span]) -> Iterator[Edit]:
    lines = draft.lines()
    emptied = _emptied(draft, spans)
    # A document that is one comment was written for its reader: a form to be filled in.
    if all(line.blank or ((rule := emptied.get(line.number)) and rule.name == "comment") for line in lines):
        return
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
    for span in _together(spans):
        if span.rule.kind in ("line", "machine-line") or _inside(span, whole):
            continue
        yield from _cut(draft, span)


def _together(spans: list[_Span]) -> Iterator[_Span]:
    """The spans, with those as one that a rule finds one behind the other."""
    last: _Span | None = None
    for span in spans:
        if last and last.rule is span.rule and last.end == span.start and not (last.replacement or span.replacement):
            last = last._replace(end=span.end)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


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
    index = bisect_right(whole, (span.start, 1 << 60)) - 1
    return index >= 0 and whole[index][0] <= span.start < max(whole[index][1], whole[index][0] + 1)


def _cut(draft: Draft, span: _Span) -> list[Edit]:
    """Take a span out of its line, and with it one of the two spaces it stood between."""
    text, start, end = draft.text, span.start, span.end
    if span.replacement:
        if span.replacement == "\n" and text[end : end + 1] in ("", "\n", "\r"):
            return draft.delete(start, end, span.rule.name, span.rule.reason)
        return draft.replace(start, end, span.replacement, span.rule.name, span.rule.reason)
    if ending := _LINE_END.match(text, end):
        if _BREAK.search(text, start, end):  # the line end stands for it, and parts what the tag parted
            return draft.replace(start, ending.end(), ending[0], span.rule.name, span.rule.reason)
    elif text[end : end + 1] == " " and (text[start - 1 : start] in ("", "\n", " ")):
        end += 1
    return draft.delete(start, end, span.rule.name, span.rule.reason)
