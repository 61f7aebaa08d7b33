"""Outline: which of the built-in rules a text can need, found out before the rules are made.

To check all packs and make their rules takes 10 ms. Here only the kind, the weight, the hints and the needs of each
are looked at; the rules of a pack are made when a text can need one.
"""

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import NamedTuple

from cleaner.narrow import narrow
from cleaner.rules import Rule, expand_hint, pack, packs, shared_words
from cleaner.toml_files import built_in

# Characters of a text that is looked through once for all hints, not once for each.
_SHORT = 1_000


class Sketch(NamedTuple):
    """What decides whether a rule is needed."""

    kind: str
    weight: int
    hints: tuple[str, ...]
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


class Sieve:
    """Some of the built-in rules, and which of them a text can need.

    >>> [rule.name for rule in Sieve(sketches("markup")).possible("他走了。<!-- 广告 -->")]
    ['comment', 'stray-tag']
    """

    def __init__(self, rules: Iterable[Sketch]) -> None:
        self._rules = tuple(rules)

    def possible(self, text: str) -> list[Rule]:
        """Those which ``text`` can need, in their order."""
        hinted = self._hinted(text) if len(text) <= _SHORT else self._hinted_in_long(text)
        rules = (self._rules[place] for place in hinted)
        return [each.rule for each in rules if not each.needs or any(need in text for need in each.needs)]

    @cached_property
    def _hints(self) -> dict[str, list[tuple[str, int]]]:
        """The hints, each with the place of its rule, by their first two characters."""
        found: dict[str, list[tuple[str, int]]] = {}
        for place, rule in enumerate(self._rules):
            for hint in rule.hints:
                found.setdefault(hint[:2], []).append((hint, place))
        return found

    @cached_property
    def _marks(self) -> list[tuple[str, int]]:
        """The hints of one character."""
        return [each for head, hints in self._hints.items() if len(head) == 1 for each in hints]

    def _hinted(self, text: str) -> list[int]:
        """The places of the rules of which ``text`` holds a hint: in a fifth of the time it takes to seek each."""
        found = {place for mark, place in self._marks if mark in text}
        hints = self._hints
        for at in range(len(text) - 1):
            for hint, place in hints.get(text[at : at + 2], ()):
                if text.startswith(hint, at):
                    found.add(place)
        return sorted(found)

    def _hinted_in_long(self, text: str) -> Iterator[int]:
        """The same for a text longer than all hints together, which lacks most of their characters."""
        latin = narrow(text).decode("latin-1")  # hardly anything, if the text is Chinese
        there = _Characters(text, latin)
        for place, rule in enumerate(self._rules):
            hints = (hint for hint in rule.hints if all(map(there.__getitem__, hint)))
            # Between letters that are side by side there, wide ones may stand in the text.
            if any((not hint.isascii() or hint in latin) and hint in text for hint in hints):
                yield place


class _Characters(dict[str, bool]):
    """Whether a text has a character, for those that were asked for."""

    def __init__(self, text: str, latin: str) -> None:
        self._text, self._latin = text, latin

    def __missing__(self, character: str) -> bool:
        self[character] = there = character in (self._latin if character.isascii() else self._text)
        return there


def _sketched(name: str, stage: str) -> Iterator[Sketch]:
    tables = built_in("packs", name)
    if tables.get("stage", "ads") != stage:
        return
    for place, rule in enumerate(tables.get("rule", ())):
        hints = tuple(rule.get("hints") or rule.get("phrases", ()))
        needs = tuple(each for need in rule.get("needs", ()) for each in expand_hint(need, shared_words()))
        yield Sketch(rule.get("kind", ""), rule.get("weight", 0), hints, needs, name, place)
