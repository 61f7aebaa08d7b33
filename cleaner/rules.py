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
    needs = ["{goods}"]                 # and one of these, if the hints are everybody's words
    pattern = '(?:更多|免费).{0,6}{goods}'
    removes = ["更多免费小说请访问www.abc.com", "..."]
    keeps = ["想看更多小说的读者可以去图书馆。", "..."]

``phrases = [...]`` may stand instead of ``pattern``: literal texts, which are their own hints. A rule is not
finished without two things it removes and two tempting things it keeps. Rules that are a procedure and no pattern
(a page number is one because of its neighbours) stand in ``data/procedures.toml`` with their stage and reason.

A user's own pack asks for less: a name, and phrases or a pattern::

    [[rule]]
    name = "qinghe"
    phrases = ["青禾公文网，让写作更轻松", "www.qinghe-gw.com"]

Its rules run in the stage ``own``. They know neither kind nor weight: what they find goes, or becomes the
``replacement`` (``\\1`` is the first group of a pattern); ``whole = "sentence"`` or ``"line"`` takes more with it.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any, Literal, get_args

import regex

from cleaner import toml_files
from cleaner.patterns import lazy_plain

_PACKS = os.path.join(os.path.dirname(__file__), "packs")
_PROCEDURES = os.path.join(os.path.dirname(__file__), "data", "procedures.toml")

OWN = "own"
"""The stage of the users' own rules."""

Whole = Literal["match", "sentence", "line"]


class RuleError(toml_files.FileError):
    """A rule that cannot be used; the message names the file and the line."""


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
    phrases: tuple[str, ...] = ()
    """Literal texts, if the rule was written with them and not with a pattern."""
    needs: tuple[str, ...] = ()
    """Of these, too, a text that the pattern matches holds one."""
    whole: Whole = "match"
    """What goes: what is found, the sentence it stands in, or the line."""
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @cached_property
    def compiled(self) -> regex.Pattern[str]:
        """The pattern, compiled when it is first needed: compiling is slow."""
        try:
            # In a user's pattern ^ and $ are the borders of a line: that is what people mean by them.
            return regex.compile(self.pattern, regex.MULTILINE if self.stage == OWN else 0)
        except regex.error as error:
            line = toml_files.line_of(self.file, "pattern", self.line)
            raise RuleError(f"{self.file}:{line}: rule {self.name}: bad pattern: {error}") from error

    def possible(self, text: str) -> bool:
        """Whether ``text`` holds one of the hints, and one of what else is needed; True if the rule has none."""
        return all(not wanted or any(each in text for each in wanted) for wanted in (self.hints, self.needs))


@cache
def _packs() -> tuple[Rule, ...]:
    return tuple(rule for name in packs() for rule in pack(name))


@cache
def packs() -> tuple[str, ...]:
    """The names of the packs' files, in order."""
    return tuple(sorted(name for name in os.listdir(_PACKS) if name.endswith(".toml")))


def pack(name: str) -> tuple[Rule, ...]:
    """The rules of a pack that comes with cleaner."""
    return load(os.path.join(_PACKS, name))


@cache
def builtin(stage: str) -> tuple[Rule, ...]:
    """The rules with patterns that come with cleaner for one stage, in the order of the packs' names.

    >>> all(rule.stage == "markup" for rule in builtin("markup"))
    True
    """
    return tuple(rule for rule in _packs() if rule.stage == stage)


@cache
def every_builtin() -> tuple[Rule, ...]:
    """All that comes with cleaner, procedures too; these have no pattern, and some run in two stages.

    >>> {rule.stage for rule in every_builtin() if rule.name == "line-end-hyphen"} == {"breaks", "spaces"}
    True
    """
    procedures = (
        Rule(
            name=table["name"],
            stage=table["stage"],
            kind="",
            reason=table["reason"],
            pattern="",
            hints=(),
            removes=tuple(table.get("removes", [])),
            keeps=tuple(table.get("keeps", [])),
            file=_PROCEDURES,
        )
        for table in toml_files.built_in("data", "procedures.toml")["rule"]
    )
    return (*_packs(), *procedures)


def own(paths: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules of users' packs, checked whole: their patterns compile, their names are free.

    A file is read again when it has changed. Raises :class:`cleaner.toml_files.FileError` as :func:`load` does.
    """
    return _own(paths, tuple(map(stamp, paths))) if paths else ()


def stamp(path: str) -> tuple[str, int]:
    """What tells whether a pack is still the one that was read."""
    try:
        return os.path.abspath(path), os.stat(path).st_mtime_ns
    except OSError:
        return path, 0  # to be told when it is read


@lru_cache(maxsize=8)
def _own(paths: tuple[str, ...], stamps: tuple[tuple[str, int], ...]) -> tuple[Rule, ...]:
    from pathlib import Path  # slow to import, and most runs have no such rules

    taken = {rule.name: f"a rule of {Path(rule.file).stem}" for rule in every_builtin()}
    taken |= {rule.stage: "a stage" for rule in every_builtin()} | {OWN: "a stage"}
    rules: list[Rule] = []
    for path in paths:
        pack = _load(Path(path), users=True)
        for rule in pack:
            if rule.name in taken:
                place = f"{rule.file}:{rule.line}: rule {rule.name}"
                raise RuleError(f"{place}: the name is taken by {taken[rule.name]}; choose another")
            _check_replacement(rule)
        taken |= {rule.name: f"{rule.file}:{rule.line}" for rule in pack}
        rules += pack
    return tuple(rules)


_TEMPLATE = lazy_plain(r"\\\\|\\n|\\t|\\(\d{1,2})|\\g<(\w+)>|(\\)")


def _check_replacement(rule: Rule) -> None:
    """Compile the pattern and see that the replacement names only groups it has."""
    if rule.phrases:
        return
    place = f"{rule.file}:{toml_files.line_of(rule.file, 'replacement', rule.line)}: rule {rule.name}"
    groups = {str(number) for number in range(rule.compiled.groups + 1)} | set(rule.compiled.groupindex)
    for found in _TEMPLATE.finditer(rule.replacement):
        if found[3]:
            raise RuleError(f"{place}: replacement: a backslash is written twice, or stands before a group's number")
        group = found[1] or found[2]
        if group and group not in groups:
            raise RuleError(f"{place}: replacement: the pattern has no group {group}")


@cache
def shared_words() -> Mapping[str, tuple[str, ...]]:
    """The word lists of the core pack, which the patterns of every pack may name."""
    return _words(toml_files.built_in("packs", "core.toml"), "core.toml")


@cache
def _interface() -> Mapping[str, tuple[str, ...]]:
    return _words(toml_files.built_in("packs", "interface.toml"), "interface.toml")


def words(name: str) -> tuple[str, ...]:
    """A word list of the interface pack, which holds no rules."""
    return _interface()[name]


@cache
def load(path: toml_files.StrPath) -> tuple[Rule, ...]:
    """The rules of a pack that comes with cleaner, checked; patterns are not compiled yet.

    Raises :class:`cleaner.toml_files.FileError`, which names file and line, for whatever is wrong with it.
    """
    return _load(path, users=False)


def _load(path: toml_files.StrPath, users: bool) -> tuple[Rule, ...]:
    data = _tables(path)
    for key in sorted(set(data) - {"words", "rule"}) if users else ():
        raise RuleError(f"{path}:{toml_files.line_of(path, key)}: unknown key {key}; known are rule, words")
    words = {**shared_words(), **_words(data, path)}
    stage = OWN if users else data.get("stage", "ads")
    tables = data.get("rule", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise RuleError(f"{path}:{toml_files.line_of(path, 'rule')}: rules are written [[rule]], with two brackets")
    starts = toml_files.lines_of(path, "rule")
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


def _tables(path: toml_files.StrPath) -> dict[str, Any]:
    folder, name = os.path.split(path)
    return toml_files.built_in("packs", name) if folder == _PACKS else toml_files.read(path)


def _words(data: Mapping[str, Any], path: toml_files.StrPath) -> dict[str, tuple[str, ...]]:
    words = data.get("words", {})
    for name, entries in words.items():
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            raise RuleError(f"{path}: words {name}: a list of texts is wanted")
    return {name: tuple(entries) for name, entries in words.items()}


_OWN_KEYS = {"name", "phrases", "pattern", "hints", "replacement", "whole", "reason", "removes", "keeps"}
_KEYS = (_OWN_KEYS - {"whole"}) | {"kind", "weight", "needs"}
# Letters of any script: people name rules after sites.
_NAME = re.compile(r"[^\W_]+(-[^\W_]+)*")


def _rule(table: Mapping[str, Any], stage: str, words: Mapping[str, tuple[str, ...]], file: str, line: int) -> Rule:
    name = table.get("name", "")
    known = _OWN_KEYS if stage == OWN else _KEYS

    def fail(problem: str, key: str = "name") -> RuleError:
        at = toml_files.line_of(file, key, line) if key in table else line
        return RuleError(f"{file}:{at}: rule {name or 'without a name'}: {problem}")

    if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
        raise fail("a name like page-dashes is wanted (small letters, digits, hyphens)")
    for key in sorted(set(table) - known):
        raise fail(f"unknown key {key}; known are {', '.join(sorted(known))}", key)
    if ("pattern" in table) == ("phrases" in table):
        raise fail("either pattern or phrases is wanted")
    for key in ("hints", "needs", "phrases", "removes", "keeps"):
        entries = table.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, str) and entry.strip() for entry in entries):
            raise fail(f"{key}: a list of texts is wanted", key)
    for key in ("kind", "reason", "pattern", "replacement"):
        if not isinstance(table.get(key, ""), str):
            raise fail(f"{key}: a text is wanted", key)
    if table.get("pattern") == "" or table.get("phrases") == []:
        raise fail("it looks for nothing; give it a pattern or phrases")
    if table.get("whole", "match") not in get_args(Whole):
        raise fail(f"whole: {', '.join(get_args(Whole))} can be had", "whole")
    try:
        hints = tuple(each for hint in table.get("hints", []) for each in expand_hint(hint, words))
        needs = tuple(each for need in table.get("needs", []) for each in expand_hint(need, words))
        phrases = tuple(table.get("phrases", []))
        pattern = _expand(table["pattern"], words) if "pattern" in table else "|".join(map(regex.escape, phrases))
    except KeyError as error:
        raise fail(f"no words named {error.args[0]}", "pattern") from error
    return Rule(
        name=name,
        stage=stage,
        kind=table.get("kind", ""),
        reason=table.get("reason", "" if stage != OWN else "a rule of your own"),
        pattern=pattern,
        hints=hints or phrases,
        removes=tuple(table.get("removes", [])),
        keeps=tuple(table.get("keeps", [])),
        weight=table.get("weight", 0),
        replacement=table.get("replacement", ""),
        phrases=phrases,
        needs=needs,
        whole=table.get("whole", "match"),
        file=file,
        line=line,
    )


_SLOT = lazy_plain(r"(?<!\\)(?<!\\[pPN])\{([a-z][a-z-]*)\}")


def _expand(pattern: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """Put word lists in: ``{goods}`` becomes a group of its words; ``{0,6}`` and ``\\p{han}`` stay."""
    return _SLOT.sub(lambda slot: f"(?:{'|'.join(words[slot[1]])})", pattern)


def expand_hint(hint: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The texts a hint stands for: the words of a list if it names one.

    >>> expand_hint("{body}", {"body": ("公司", "集团")}), expand_hint("更多", {})
    (('公司', '集团'), ('更多',))
    """
    slot = _SLOT.fullmatch(hint)
    return words[slot[1]] if slot else (hint,)
