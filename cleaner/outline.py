"""Outline: which of the built-in rules a text can need, found out without reading the rules.

To parse and check all packs takes 20 ms, as long as the rest of cleaning a small file. Of each rule only the kind,
the weight and the hints are read here; its pack is parsed when a text holds one of the hints.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cleaner.rules import PACKS, Rule, load


class Sketch(NamedTuple):
    """What decides whether a rule is needed."""

    kind: str
    weight: int
    hints: tuple[str, ...]
    heads: frozenset[str]
    """The first characters of the hints."""
    pack: Path
    place: int
    """Where in the pack it stands, counted from 0."""

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        return load(self.pack)[self.place]

    def possible(self, text: str) -> bool:
        """Whether ``text`` holds one of the hints."""
        return any(map(text.__contains__, self.hints))


@cache
def sketches(stage: str) -> tuple[Sketch, ...]:
    """The built-in rules of a stage, in the order of :func:`cleaner.rules.builtin`.

    >>> from cleaner.rules import builtin
    >>> [sketch.rule for sketch in sketches("ads")] == list(builtin("ads"))
    True
    """
    return tuple(sketch for path in sorted(PACKS.glob("*.toml")) for sketch in _sketched(path, stage))


def possible(rules: Iterable[Sketch], text: str) -> list[Rule]:
    """Those of the ``rules`` of which ``text`` holds a hint.

    >>> [rule.name for rule in possible(sketches("markup"), "他走了。<!-- 广告 -->")]
    ['comment', 'stray-tag']
    """
    # Most hints have a character that is nowhere in the text: to see that is four times as fast as to look for them.
    there = set(text)
    return [
        each.rule
        for each in rules
        if not each.heads.isdisjoint(there) and any(there.issuperset(hint) and hint in text for hint in each.hints)
    ]


def _sketched(path: Path, stage: str) -> Iterator[Sketch]:
    head, *rules = path.read_text("utf-8").split("\n[[rule]]\n")
    if (_value(head, "stage") or "ads") != stage:
        return
    for place, rule in enumerate(rules):
        hints = _hints(rule, "hints") or _hints(rule, "phrases")
        heads = frozenset(hint[0] for hint in hints)
        yield Sketch(_value(rule, "kind"), int(_value(rule, "weight") or 0), hints, heads, path, place)


def _value(table: str, key: str) -> str:
    """A text or a number of a table."""
    found = re.search(rf'(?m)^{key}\s*= "?(\w[\w-]*)', table)
    return found[1] if found else ""


def _hints(table: str, key: str) -> tuple[str, ...]:
    """A list of texts, on one line or on several; without escapes, which hints have no need of."""
    found = re.search(rf"(?ms)^{key}\s*= \[(.*?)\]$", table)
    return tuple(one or other for one, other in re.findall(r"\"([^\"]*)\"|'([^']*)'", found[1])) if found else ()
