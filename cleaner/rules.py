"""Rules as data: read, check and compile the packs.

A pack is a TOML file::

    stage = "ads"                       # whose rules these are

    [words]                             # alternatives a pattern names as {goods}
    goods = ["小说", "范文"]

    [[rule]]
    name = "promise-goods"              # stable, kebab-case: what users see and switch off
    kind = "promise"                    # what the rule is evidence of; each stage has its own kinds
    weight = 3                          # how much, for stages that add evidence up
    reason = "goods of a sharing site"  # constant text for the report
    hints = ["更多", "免费"]             # the text must hold one of them, or the pattern is not even compiled
    pattern = '(?:更多|免费).{0,6}{goods}'
    removes = ["更多免费小说请访问www.abc.com", "..."]
    keeps = ["想看更多小说的读者可以去图书馆。", "..."]

``phrases = [...]`` may stand instead of ``pattern``: literal texts, which are their own hints. A rule is not
finished without two things it removes and two tempting things it keeps.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import regex

from cleaner.errors import CleanerError
from cleaner.patterns import lazy_plain

PACKS = Path(__file__).parent / "packs"


class RuleError(CleanerError):
    """A rule file that cannot be used; the message names the file and the line."""


@dataclass(frozen=True)
class Rule:
    """One named pattern with its own examples."""

    name: str
    stage: str
    kind: str
    reason: str
    pattern: str
    hints: tuple[str, ...]
    removes: tuple[str, ...]
    keeps: tuple[str, ...]
    weight: int = 0
    replacement: str = ""
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @cached_property
    def compiled(self) -> regex.Pattern[str]:
        """The pattern, compiled when it is first needed: compiling is slow."""
        try:
            return regex.compile(self.pattern)
        except regex.error as error:
            raise RuleError(f"{self.file}:{self.line}: rule {self.name}: bad pattern: {error}") from error

    def possible(self, text: str) -> bool:
        """Whether ``text`` holds one of the hints; True if the rule has none."""
        return not self.hints or any(hint in text for hint in self.hints)


@cache
def builtin(stage: str) -> tuple[Rule, ...]:
    """The rules that come with cleaner for one stage, in the order of the packs' names.

    >>> all(rule.stage == "markup" for rule in builtin("markup"))
    True
    """
    return tuple(rule for path in sorted(PACKS.glob("*.toml")) for rule in load(path) if rule.stage == stage)


@cache
def shared_words() -> Mapping[str, tuple[str, ...]]:
    """The word lists of the core pack, which the patterns of every pack may name."""
    return _words(_read(PACKS / "core.toml"), PACKS / "core.toml")


@cache
def _interface() -> Mapping[str, tuple[str, ...]]:
    return _words(_read(PACKS / "interface.toml"), PACKS / "interface.toml")


def words(name: str) -> tuple[str, ...]:
    """A word list of the interface pack, which holds no rules."""
    return _interface()[name]


@cache
def load(path: Path) -> tuple[Rule, ...]:
    """The rules of a pack, checked; patterns are not compiled yet.

    Raises :class:`RuleError` naming file and line for whatever is wrong with the file.
    """
    data = _read(path)
    words = {**shared_words(), **_words(data, path)}
    stage = data.get("stage", "ads")
    tables = data.get("rule", [])
    if not isinstance(tables, list):
        raise RuleError(f"{path}: rules are written [[rule]], with two brackets")
    starts = _rule_lines(path)
    rules = tuple(
        _rule(table, stage, words, f"{path}", starts[index] if index < len(starts) else 0)
        for index, table in enumerate(tables)
    )
    seen: dict[str, Rule] = {}
    for rule in rules:
        if rule.name in seen:
            raise RuleError(f"{path}:{rule.line}: rule {rule.name} is already defined in line {seen[rule.name].line}")
        seen[rule.name] = rule
    return rules


def _read(path: Path) -> dict[str, Any]:
    import tomllib  # slow to import, and a text may need no rules

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise RuleError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"{path}: not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        at = re.search(r" \(at line (\d+), column \d+\)", str(error))
        place = f"{path}:{at[1]}" if at else f"{path}"
        raise RuleError(f"{place}: {str(error).partition(' (at')[0]}") from error


def _rule_lines(path: Path) -> list[int]:
    """The line numbers of the ``[[rule]]`` headings."""
    return [
        number
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1)
        if re.match(r"\s*\[\[rule\]\]", line)
    ]


def _words(data: Mapping[str, Any], path: Path) -> dict[str, tuple[str, ...]]:
    words = data.get("words", {})
    for name, entries in words.items():
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            raise RuleError(f"{path}: words {name}: a list of texts is wanted")
    return {name: tuple(entries) for name, entries in words.items()}


_KNOWN = {"name", "kind", "weight", "reason", "hints", "pattern", "phrases", "replacement", "removes", "keeps"}
_NAME = lazy_plain(r"[a-z0-9]+(-[a-z0-9]+)*")


def _rule(table: Mapping[str, Any], stage: str, words: Mapping[str, tuple[str, ...]], file: str, line: int) -> Rule:
    name = table.get("name", "")

    def fail(problem: str) -> RuleError:
        return RuleError(f"{file}:{line}: rule {name or 'without a name'}: {problem}")

    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise fail("a name like page-dashes is wanted (small letters, digits, hyphens)")
    unknown = sorted(set(table) - _KNOWN)
    if unknown:
        raise fail(f"unknown key {unknown[0]}; known are {', '.join(sorted(_KNOWN))}")
    if ("pattern" in table) == ("phrases" in table):
        raise fail("either pattern or phrases is wanted")
    for key in ("hints", "phrases", "removes", "keeps"):
        entries = table.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, str) and entry for entry in entries):
            raise fail(f"{key}: a list of texts is wanted")
    for key in ("kind", "reason", "pattern", "replacement"):
        if not isinstance(table.get(key, ""), str):
            raise fail(f"{key}: a text is wanted")
    try:
        hints = tuple(each for hint in table.get("hints", []) for each in _expand_hint(hint, words))
        phrases = tuple(table.get("phrases", []))
        pattern = _expand(table["pattern"], words) if "pattern" in table else "|".join(map(regex.escape, phrases))
    except KeyError as error:
        raise fail(f"no words named {error.args[0]}") from error
    return Rule(
        name=name,
        stage=stage,
        kind=table.get("kind", ""),
        reason=table.get("reason", ""),
        pattern=pattern,
        hints=hints or phrases,
        removes=tuple(table.get("removes", [])),
        keeps=tuple(table.get("keeps", [])),
        weight=table.get("weight", 0),
        replacement=table.get("replacement", ""),
        file=file,
        line=line,
    )


_SLOT = lazy_plain(r"\{([a-z][a-z-]*)\}")


def _expand(pattern: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """Put word lists in: ``{goods}`` becomes a group of its words; ``{0,6}`` is a quantifier and stays."""
    return _SLOT.sub(lambda slot: f"(?:{'|'.join(words[slot[1]])})", pattern)


def _expand_hint(hint: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    slot = _SLOT.fullmatch(hint)
    return words[slot[1]] if slot else (hint,)
