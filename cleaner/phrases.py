"""Phrases: many literal texts looked for at once."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from cleaner.narrow import narrow

# Shorter texts are read pair by pair: that is done before the pattern is compiled.
_LONG = 20_000
# So much is looked at in one go: enough to be fast, and little to hold.
_STRETCH = 1 << 18


class Phrases:
    """Texts of two characters or more, found as an alternation of them would find them.

    Of each that is not Latin the two neighbours that are rarest in Chinese are looked for: a class of what such pairs
    begin with beside a class of what they end with, and the phrases only where that is indeed such a pair. For 900
    phrases a megabyte of prose takes 6 ms; their first two characters take 18, an alternation 100.

    >>> list(Phrases(["更多", "免费下载"]).spans("想看更多，免费的"))
    [(2, 4)]
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = sorted(set(texts))
        self._latin = [text for text in self.texts if text.isascii()]

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand, in order and without overlap."""
        by_head = self._by_head
        end = 0
        for at in self._starts_in(text) if len(text) > _LONG else range(len(text)):
            if at >= end and (here := by_head.get(text[at : at + 2])):
                for each in here:
                    if text.startswith(each, at):
                        end = at + len(each)
                        yield at, end
                        break

    @cached_property
    def _by_head(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for text in self.texts:
            found.setdefault(text[:2], []).append(text)
        return found

    def _starts_in(self, text: str) -> Iterable[int]:
        """Where phrases may start, in order."""
        starts = [*self._latin_starts_in(text), *(() if text.isascii() else self._wide_starts_in(text))]
        return sorted(starts)

    def _latin_starts_in(self, text: str) -> Iterator[int]:
        latin = narrow(text)
        # A search for one character takes a twentieth of the time of one for several.
        there = {each for each in {*"".join(self._latin)} if each.encode() in latin}
        for phrase in self._latin:
            if "." not in phrase and there.issuperset(phrase) and phrase.encode() in latin:
                yield from _places(phrase, text)
        stops, offsets = self._stops
        for found in stops.finditer(text) if offsets and "." in there else ():
            yield from (found.start() - offset for offset in offsets if offset <= found.start())

    @cached_property
    def _stops(self) -> "tuple[re.Pattern[str], frozenset[int]]":
        """Where the full stop of a Latin phrase may stand, and how far it may be from its start.

        Two in five have one: together they are found in a tenth of the time that one by one takes in English.
        """
        split = [text.partition(".") for text in self._latin if "." in text]
        sides = (rf"(?<={re.escape(before)}\.){re.escape(after)}" for before, _, after in split)
        return re.compile(rf"\.(?={'|'.join(sides)})"), frozenset(len(before) for before, _, _ in split)

    def _wide_starts_in(self, text: str) -> Iterator[int]:
        pairs, runs_of_pairs = self._rarest
        for low in range(0, len(text), _STRETCH):
            # Strings without their places are had four times as fast, and hardly one in a hundred is wanted.
            runs = runs_of_pairs.findall(text[low : low + _STRETCH + 1])
            inside = {run: found for run in set(runs) if (found := [pair for pair in _pairs(run) if pair in pairs])}
            at = low - 1
            for run in filter(inside.__contains__, runs):
                for pair in inside[run]:
                    at = text.index(pair, at + 1)
                    for offset in pairs[pair]:
                        yield at - offset

    @cached_property
    def _rarest(self) -> "tuple[dict[str, set[int]], re.Pattern[str]]":
        """A pair for each phrase with how far from its start it stands, and where such may be, one upon the other."""
        from cleaner.plausibility import frequent  # here, because short texts need it not

        # By Zipf's law; what has no rank is rare, and so are Latin letters beside Han.
        shares = {character: 1 / (rank + 10) for character, rank in frequent().items()}
        pairs: dict[str, set[int]] = {}
        for text in self.texts:
            if not text.isascii():
                rarest = min(_pairs(text), key=lambda pair: shares.get(pair[0], 0.0) * shares.get(pair[1], 0.0))
                pairs.setdefault(rarest, set()).add(text.index(rarest))
        first, second = (re.escape("".join(sorted({pair[at] for pair in pairs}))) for at in (0, 1))
        # Without the look behind, each place in a long row of firsts would be a beginning, and the row read from it.
        runs = f"(?s)[{first}](?<![{first}].)[{first}]*[{second}]"
        return pairs, re.compile(runs if pairs else "(?!)")


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


def _places(phrase: str, text: str) -> Iterator[int]:
    at = text.find(phrase)
    while at >= 0:
        yield at
        at = text.find(phrase, at + 1)
