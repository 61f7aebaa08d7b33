"""Numbered lines: which of the lines that begin with a number are items, and which only happen to begin so.

A printer may end his line before any number: ``每逢``, ``三、八日赶集``. An item has another one before or behind it.
"""

import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from cleaner.patterns import lazy_plain

_HAN = "一二三四五六七八九十百"
_FORMS = rf"""
    (?: [（(〔\[] (?P<bracketed>[0-9０-９]{{1,3}}|[{_HAN}]{{1,3}}) [）)〕\]]
      | (?P<circled>[①-⑳⑴-⒇㈠-㈩])
      | (?P<han>[{_HAN}]{{1,3}}) [、．.]
      | (?P<plain>[0-9０-９]{{1,3}}) (?:[、．)）]|\.(?![0-9]))
      | (?P<section>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}) [.、]?[ \u3000]
    )
    """
_ITEM = lazy_plain(rf"(?x) {_FORMS}")
# An item inside a line stands behind a sentence, a colon or a space. (These are rare: so the search is quick.)
_ITEM_INSIDE = lazy_plain(rf"(?x) [。；：！？;:!?\s] {_FORMS}")

_BRACKETED, _SECTION = "bracketed", "section"

Number = tuple[str, tuple[int, ...]]
"""The form of a number and what it counts, 2.10 as (2, 10)."""


def coincidences(lines: Sequence[str]) -> Iterator[int]:
    """The indices of those ``lines`` that begin with a number no other one goes before or behind.

    >>> list(coincidences(["一、墟期", "每月逢", "三、八日赶集。", "二、商号"]))
    [2]
    >>> list(coincidences(["一、墟期", "二、商号", "本镇有盐行；三、染坊", "四、钱庄"]))    # items all of them
    []
    >>> list(coincidences(["旧志里", "①写作仙人灶，", "下有泉②。", "①见县志。", "②已干。"]))    # the mark of a note
    [1]
    """
    own = {index: number for index, line in enumerate(lines) if (number := _number(line))}
    places = _places(own.items())
    alone = [index for index, number in own.items() if not _goes_on(places, index, number)]
    if alone:  # items inside lines are looked for only now, which takes longer
        places = _places((index, number) for index, line in enumerate(lines) for number in _numbers(line))
        yield from (index for index in alone if not _goes_on(places, index, own[index]))


# "1 引言": nothing but a space parts such a number from its heading, and a quantity from what it counts.
_BARE = lazy_plain(r"([0-9]{1,2})[ \u3000]+[^\s0-9]")
_CHAIN = 3


def bare_items(lines: Sequence[str]) -> Iterator[int]:
    """The indices of those ``lines`` that begin with a bare number, if they count on from 1.

    >>> list(bare_items(["1 引言", "共用去人工", "3 个，石料", "2 资料", "3 方法"]))
    [0, 3, 4]
    >>> list(bare_items(["1 个人工，", "2 个石匠。"]))    # a coincidence
    []
    """
    chain: list[int] = []
    for index, line in enumerate(lines):
        if line[:1].isdigit() and (found := _BARE.match(line)) and int(found[1]) == len(chain) + 1:
            chain.append(index)
    if len(chain) >= _CHAIN:
        yield from chain


def _places(numbers: Iterable[tuple[int, Number]]) -> dict[Number, list[int]]:
    """The lines that each number stands on."""
    places: dict[Number, list[int]] = {}
    for index, number in numbers:
        places.setdefault(number, []).append(index)
    return places


def _goes_on(places: dict[Number, list[int]], index: int, number: Number) -> bool:
    """Whether the number before this one stands above line ``index`` or the next one below, not itself between."""
    form, value = number
    if not value[0]:
        return False  # 0.8 is a quantity
    if value == (1,) and form != _BRACKETED:
        return True  # an excerpt may end behind its first heading; but "the lid (1) and the vessel (2)"
    before, after = [(*value[:-1], value[-1] - 1)], [(*value[:-1], value[-1] + 1)]
    if form == _SECTION:  # 2.1 and 2.1.1, 1.4 and 2.1
        before += [value[:-1], (value[0] - 1, 1)]
        after += [(*value, 1), (value[0] + 1, 1)]
    own = places[number]
    at = bisect_left(own, index)
    since, until = own[at - 1] if at else -1, own[at + 1] if at + 1 < len(own) else sys.maxsize
    return any(_stands(places.get((form, each), ()), since, index) for each in before) or any(
        _stands(places.get((form, each), ()), index, until) for each in after
    )


def _stands(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of ``places`` is from ``start`` to ``end``, both included."""
    at = bisect_left(places, start)
    return at < len(places) and places[at] <= end


def _number(line: str) -> Number | None:
    found = _ITEM.match(line)
    return _read(found.lastgroup or "", found.group(found.lastgroup or 0)) if found else None


def _numbers(line: str) -> Iterator[Number]:
    if own := _number(line):
        yield own
    for each in _ITEM_INSIDE.finditer(line):
        yield _read(each.lastgroup or "", each.group(each.lastgroup or 0))


def _read(form: str, digits: str) -> Number:
    if form == "circled":
        return form, (ord(digits),)
    if digits[0] in _HAN:
        return f"{form}, Han", (_value(digits),)
    return form, tuple(map(int, digits.split(".")))


def _value(digits: str) -> int:
    """What Han numerals of up to three characters count: ten, twenty-one, one hundred."""
    hundreds, hundred, rest = digits.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    return 100 * (_digit(hundreds, 1) if hundred else 0) + 10 * (_digit(tens, 1) if ten else 0) + _digit(ones, 0)


def _digit(digits: str, otherwise: int) -> int:
    return _HAN.index(digits[-1]) + 1 if digits else otherwise
