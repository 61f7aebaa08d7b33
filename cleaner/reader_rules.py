"""Purification rules of reading programs (JSON, Java regular expressions) as a pack of one's own."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import regex

from cleaner.errors import CleanerError
from cleaner.patterns import lazy_plain
from cleaner.rules import every_builtin

# What older versions of the format call the same things.
_OLD_KEYS = {
    "replaceSummary": "name",
    "regex": "pattern",
    "enable": "isEnabled",
    "useTo": "scope",
    "serialNumber": "order",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A rule as it stands in the pack."""

    name: str
    reason: str
    """What the reading program calls it."""
    group: str
    """Where the reading program lists it; "" if nowhere."""
    text: str
    """The phrase or the pattern."""
    literal: bool
    replacement: str


class _Unusable(Exception):
    """Why a rule is not taken over."""


def read(data: bytes, scope: str | None = None) -> tuple[list[Taken], list[str]]:
    """The rules of a JSON file in their order, and a line for each that cannot be taken over.

    What is limited to a book or source is taken only if the limit names ``scope``. Raises
    :class:`cleaner.CleanerError` if the file holds no such rules.
    """
    try:
        entries = json.loads(data.decode("utf-8-sig"))
    except ValueError as error:
        raise CleanerError(f"no JSON: {error}") from error
    entries = [entries] if isinstance(entries, dict) else entries
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CleanerError("no list of rules; export the purification rules from the reading program")
    taken: list[Taken] = []
    left: list[str] = []
    names = {rule.name for rule in every_builtin()} | {rule.stage for rule in every_builtin()} | {"own"}
    for number, entry in sorted(enumerate(map(_renamed, entries), 1), key=_order):
        title = str(entry.get("name") or f"rule {number}")
        try:
            text, replacement = _converted(entry, scope)
        except _Unusable as why:
            left.append(f"{title}: {why}")
            continue
        name = _free(_slug(title), names)
        names.add(name)
        literal = entry.get("isRegex", True) is False
        taken.append(Taken(name, title, str(entry.get("group") or ""), text, literal, replacement))
    return taken, left


def _renamed(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {_OLD_KEYS.get(key, key): value for key, value in entry.items()}


def _order(numbered: tuple[int, Mapping[str, Any]]) -> tuple[int, int]:
    number, entry = numbered
    order = entry.get("order")
    return order if isinstance(order, int) else 0, number


def _slug(title: str) -> str:
    """A name made of a title.

    >>> _slug("【去广告】XX小说网 - v2")
    '去广告-xx小说网-v2'
    """
    return "-".join(re.findall(r"[^\W_]+", title.lower())) or "rule"


def _free(name: str, taken: set[str]) -> str:
    number = 1
    free = name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _converted(entry: Mapping[str, Any], scope: str | None) -> tuple[str, str]:
    """The phrase or pattern, and the replacement."""
    pattern, replacement = entry.get("pattern"), entry.get("replacement") or ""
    if not isinstance(pattern, str) or not pattern.strip() or not isinstance(replacement, str):
        raise _Unusable("it has no pattern")
    if entry.get("isEnabled", True) is False:
        raise _Unusable("it is switched off")
    limit = str(entry.get("scope") or "")
    if limit and not (scope and scope in limit):
        raise _Unusable(f"it is only for {limit}; --scope takes it over, for every text")
    if entry.get("scopeContent", True) is False:
        raise _Unusable("it is only for titles of chapters")
    if replacement.lstrip().startswith(("@js:", "<js>")):
        raise _Unusable("its replacement is a program")
    try:
        f"{pattern}{replacement}".encode()
    except UnicodeEncodeError:
        raise _Unusable("it holds half a character") from None
    if entry.get("isRegex", True) is False:
        return pattern, replacement
    converted = _pattern(pattern)
    try:
        compiled = regex.compile(converted, regex.MULTILINE)
    except regex.error as error:
        raise _Unusable(f"its pattern means nothing here: {error}") from error
    return converted, _replacement(replacement, compiled)


# A quotation, a character by its number, a group by its name, any other escape; braces that name nothing here.
_JAVA = lazy_plain(r"\\Q(.*?)(?:\\E|$)|\\x\{([0-9a-fA-F]{1,6})\}|\\k<(\w+)>|\\[pPN]\{\w+\}|\\.|\{([a-z][a-z-]*\})")
_INTERSECTION = lazy_plain(r"\[[^\]]*&&")


def _pattern(java: str) -> str:
    r"""A Java pattern in the spelling of this engine.

    >>> print(_pattern(r"\Qa.b\E\x{4e00}(?<n>x)\k<n>\d{2}"))
    a\.b\U00004E00(?<n>x)(?P=n)\d{2}
    >>> print(_pattern(r"\\Q\p{han}{name}"))    # an escaped backslash quotes nothing
    \\Q\p{han}\{name}
    """
    if _INTERSECTION.search(java):
        raise _Unusable("its pattern intersects classes (&&)")
    return _JAVA.sub(_spelled, java)


def _spelled(found: re.Match[str]) -> str:
    if found[1] is not None:
        return re.escape(found[1])
    if found[2]:
        return f"\\U{int(found[2], 16):08X}"
    if found[3]:
        return f"(?P={found[3]})"
    return "\\{" + found[4] if found[4] else found[0]


_REFERENCE = lazy_plain(r"(?s)\\(.)|\$(\d{1,2})|\$\{(\w+)\}|[$\\]")


def _replacement(java: str, pattern: regex.Pattern[str]) -> str:
    r"""A Java replacement in the spelling of this engine.

    >>> print(_replacement(r"$1\$$12${n}", regex.compile("(a)(?<n>b)")))
    \g<1>$\g<1>2\g<n>
    """

    def spell(found: re.Match[str]) -> str:
        if found[1]:
            return found[1].replace("\\", "\\\\")
        if found[3]:
            if found[3] not in pattern.groupindex:
                raise _Unusable(f"its replacement names a group {found[3]}, which its pattern has not")
            return f"\\g<{found[3]}>"
        digits = found[2] or ""
        known = digits if int(digits or 0) <= pattern.groups else digits[:1]  # $12 is $1 and a 2 if there are few
        if not digits or int(known) > pattern.groups:
            raise _Unusable(
                f"its replacement names a group {digits or 'without a number'}, which its pattern has not"
            )
        return f"\\g<{known}>{digits[len(known) :]}"

    return _REFERENCE.sub(spell, java)


_HEAD = """\
# Rules taken over from a reading program by cleaner rules import.
# There ^ and $ were the borders of a chapter, here they are those of a line; there the rules ran one after the other,
# here all look at the same text. Try them with cleaner rules test --rules THIS-FILE BOOK.txt.
"""


def pack(rules: list[Taken]) -> str:
    """The rules as a rule file.

    >>> print(pack([Taken("去广告", "去广告", "", "求月票", True, "")]).partition("\\n\\n")[2], end="")
    [[rule]]
    name = "去广告"
    reason = "去广告"
    phrases = ["求月票"]
    """
    return "\n".join([_HEAD, *("\n".join(_lines(rule)) + "\n" for rule in rules)])


def _lines(rule: Taken) -> Iterator[str]:
    yield "[[rule]]" + (f"  # {' '.join(rule.group.split())}" if rule.group.strip() else "")
    yield f"name = {_quoted(rule.name)}"
    yield f"reason = {_quoted(rule.reason)}"
    yield f"phrases = [{_quoted(rule.text)}]" if rule.literal else f"pattern = {_quoted(rule.text)}"
    if rule.replacement:
        yield f"replacement = {_quoted(rule.replacement)}"


def _quoted(text: str) -> str:
    """A TOML string, as it is where that can be: backslashes are hard enough to read once."""
    if "\\" in text and text.isprintable() and "'" not in text:
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
