"""Outline: which of the built-in rules a text can need, found out before the rules are made.

To check all packs and make their rules takes 10 ms. Here only the kind, the weight, the hints and the needs of each
are looked at; the rules of a pack are made when a text can need one.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from cleaner.rules import Rule, expand_hint, pack, packs, shared_words
from cleaner.toml_files import built_in


class Sketch(NamedTuple):
    """What decides whether a rule is needed."""

    kind: str
    weight: int
    hints: tuple[str, ...]
    heads: frozenset[str]
    """The first characters of the hints."""
    needs: tuple[str, ...]
    pack: str
    """The name of its file."""
    place: int
    """Where in the pack it stands, counted from 0."""

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        return pack(self.pack)[self.place]

    def possible(self, text: str) -> bool:
        """Whether ``text`` holds one of the hints, and one of what else is needed."""
        return any(map(text.__contains__, self.hints)) and (not self.needs or any(map(text.__contains__, self.needs)))


@cache
def sketches(stage: str) -> tuple[Sketch, ...]:
    """The built-in rules of a stage, in the order of :func:`cleaner.rules.builtin`.

    >>> from cleaner.rules import builtin
    >>> [sketch.rule for sketch in sketches("ads")] == list(builtin("ads"))
    True
    """
    return tuple(sketch for name in packs() for sketch in _sketched(name, stage))


def possible(rules: Iterable[Sketch], text: str) -> list[Rule]:
    """Those of the ``rules`` which ``text`` can need.

    >>> [rule.name for rule in possible(sketches("markup"), "他走了。<!-- 广告 -->")]
    ['comment', 'stray-tag']
    """
    # Most hints have a character that is nowhere in the text: to see that is four times as fast as to look for them.
    there = set(text)
    return [
        each.rule
        for each in rules
        if not each.heads.isdisjoint(there)
        and any(there.issuperset(hint) and hint in text for hint in each.hints)
        and (not each.needs or any(need in text for need in each.needs))
    ]


def _sketched(name: str, stage: str) -> Iterator[Sketch]:
    tables = built_in("packs", name)
    if tables.get("stage", "ads") != stage:
        return
    for place, rule in enumerate(tables.get("rule", ())):
        hints = tuple(rule.get("hints") or rule.get("phrases", ()))
        heads = frozenset(hint[0] for hint in hints)
        needs = tuple(each for need in rule.get("needs", ()) for each in expand_hint(need, shared_words()))
        yield Sketch(rule.get("kind", ""), rule.get("weight", 0), hints, heads, needs, name, place)
