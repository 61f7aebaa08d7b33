"""The look of page markers: the shadow a line is read on, the numbers in it, and the forms known by name."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

import regex

from cleaner.patterns import lazy, lazy_plain
from cleaner.toml_files import built_in

Look = Literal["named", "glued", "framed", "bare", "field", "other"]

MASK = "\0"
"""Stands for the page number in a key: a character no text line holds."""

ANY = "\2"
"""Stands in a key for words that differ from page to page: guide words, the title of an article."""

LONGEST = 90
"""A line with more characters than this is no marker and no head: A4 in 10 pt has about 90 narrow cells."""

SMALLEST = 160
"""The same of a line in nothing but narrow letters: publishers print their rights in 6 pt."""

SPELT = 14
"""In a longer line Han figures and roman ones are part of words."""

_DIGITS = r"(?<!\d)\d{1,4}(?!\d)"
_HAN = "[一二三四五六七八九十百〇零两兩]"
_TOTAL = rf"(?P<total>\d{{1,4}}|{_HAN}{{1,5}})"
_DROPPED = lazy(r"[\s\p{Cf}]+")
_FULL_WIDTH = tuple(zip("，：；！？（）\u3000", ",:;!?() ", strict=True))
_TOGETHER = 256  # lines of which the shadows are made in one go
# Circled and bracketed numbers are list marks that NFKC would turn into plain ones.
# What is typed in a terminal, with an option or a path: ``# mkdir -p /mnt/loop0p1``.
_COMMAND = lazy(r"\s*[#$%] [a-z][\w.-]* (?:.*[ =])?[-/.~]\S")
_LIST_MARK = lazy(r"[\u2460-\u24ff\u2776-\u2793\u3220-\u3229]")
_RUN = lazy(_DIGITS)
_FIGURES = lazy(r"\d+")
_HAN_RUN = lazy(rf"{_HAN}+")
_ROMAN_RUN = lazy(r"(?<![a-z])[ivxl]{1,7}(?![a-z])")
_ROMAN = lazy(r"x{0,3}(?:ix|iv|v?i{0,3})|xl(?:ix|iv|v?i{0,3})|l?x{0,3}(?:ix|iv|v?i{0,3})")
# "3/16" after other text on the line; in 2010/5/5 a figure or a stroke stands before the number.
_COUNTED = lazy(rf"(?<![\d/.-]){MASK}(?:/|of){_TOTAL}$")
_TOTAL_PIECE = lazy(r"[(/]?[共总總]计?(?P<total>\d{1,4})[页頁][)]?")
_WORDS = 3  # letters of a head at least: a row of figures has none
_COUNT = lazy(r"(\d{1,4})/(\d{1,4})")
# When a page was printed or copied: its figures are none of the page's.
_MOMENT = lazy(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}:\d\d(?::\d\d)?")
_THEN = "\3"
# White space wide enough to set the parts of a head apart.
_GAP = lazy(r"\s{2,}|[\u3000\t]")
_FIELD = 24  # characters of a field that may be a marker
_FIELD_LOOKS: dict[Look, Look] = {"named": "glued", "framed": "framed"}
_FIGURE = lazy_plain(r"[\d\u2160-\u217b]")
_SPELT = lazy(rf"{_HAN}|^[^\w]*[ivxlIVXL]{{1,7}}[^\w]*$")
_VALUES = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


class Form(NamedTuple):
    """One known look of a page marker, with lines it fits and tempting ones it does not."""

    name: str
    look: Look
    line: str
    needs: frozenset[str]
    """Characters of which a line must have one to fit; empty if any will do."""
    removes: tuple[str, ...]
    keeps: tuple[str, ...]


class Reading(NamedTuple):
    """One way to read a line as a page marker: the line with one of its numbers masked.

    Lines of one template share a ``key``; the numbers along them are the evidence.
    """

    key: str
    number: int
    look: Look
    total: int | None
    """The number of pages, where the form names it."""


def shadow(line: str) -> str:
    """What is compared: NFKC, lower case, no white space, nothing invisible; empty if too long for a marker.

    >>> shadow(" 第 ３ 页　共 16 页 ")
    '第3页共16页'
    """
    # Layout-preserving extractors set a head apart with dozens of spaces: they do not count.
    text = " ".join(line.split()) if len(line) > LONGEST else line
    if len(text) > (SMALLEST if text.isascii() else LONGEST):
        return ""
    if text.isascii():
        return "".join(text.split()).lower()
    text = _normal(text)
    # Of what can be printed nothing is dropped but spaces, as in nearly every line: a third of the time.
    return (text.replace(" ", "") if text.isprintable() else _DROPPED.sub("", text)).lower()


def _normal(text: str) -> str:
    """The NFKC form of ``text``."""
    # The usual full-width marks are written as NFKC writes them: a text that is normal then is known for one at once,
    # and any other takes ten times as long as all the rest of this.
    for wide, narrow in _FULL_WIDTH:
        text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text)


def shadows(lines: Sequence[str]) -> list[str]:
    """The shadow of each of ``lines``, none longer than LONGEST; in a tenth of the time it takes one by one.

    >>> shadows([" 第 ３ 页　共 16 页 ", "Page\tIV", ""])
    ['第3页共16页', 'pageiv', '']
    """
    found: list[str] = []
    for first in range(0, len(lines), _TOGETHER):
        part = lines[first : first + _TOGETHER]
        text = _normal("\n".join(part))
        # What is done to a line is done to all of them at once, as nothing in this acts across a line end.
        plain = text.replace("\n", "").isprintable()
        found += text.replace(" ", "").lower().split("\n") if plain else map(shadow, part)
    return found


def number(text: str) -> int | None:
    """The value of Arabic, Han or roman figures in shadow spelling, or None.

    >>> number("16"), number("十六"), number("一六"), number("xiv")
    (16, 16, 16, 14)
    >>> number("iiii"), number("十百")
    (None, None)
    """
    if text.isdecimal():
        return int(text)
    if text and text[0] in _ROMAN_VALUES:
        return _roman(text)
    return _han(text)


def _roman(text: str) -> int | None:
    if not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _han(text: str) -> int | None:
    if not any(unit in text for unit in "十百"):
        digits = [_VALUES.get(character) for character in text]
        return None if None in digits or not digits else int("".join(map(str, digits)))
    value = figure = 0
    unit = 1000
    for character in text:
        if character in "十百":
            step = 10 if character == "十" else 100
            if step >= unit:
                return None
            value += (figure or 1) * step
            figure, unit = 0, step
        else:
            figure = _VALUES.get(character, 0)
    return value + figure


def may_hold_number(line: str, figures: bool) -> bool:
    """A cheap test that lets most lines pass by; ``figures`` is whether it has some that may be a page's."""
    # Numbers in Han or roman letters are looked for in short lines only: see _runs.
    return figures or (len(line) <= 2 * SPELT and _SPELT.search(line.strip()) is not None)


def has_figures(line: str) -> bool:
    """Whether there are Arabic figures in a line, or the Roman ones that are characters of their own."""
    return _FIGURE.search(line) is not None


def readings(line: str) -> Iterator[Reading]:
    """Every way to read ``line`` as a marker, one for each number that could be the page's.

    >>> [(r.number, r.look, r.total) for r in readings("第 3 页 共 16 页")]
    [(3, 'named', 16), (16, 'glued', None)]
    >>> [r.look for r in readings("学期，第1页（共 2 页）")]
    ['glued', 'other']
    >>> [r.look for r in readings("见第 3 页，下同。")]
    ['other']
    >>> list(readings("# mount -r /dev/sdb/p3")), [r.look for r in readings("# page 3")]
    ([], ['glued'])
    >>> [(r.number, r.look, r.total) for r in readings("旧楼记事　　2 / 9")]
    [(2, 'framed', 9), (9, 'other', None), (2, 'framed', 9)]
    >>> [(r.number, r.total) for r in readings("2024-5-1 1/3") if r.look == "framed"]
    [(1, 3)]
    >>> readings_of = ("Page 1 of 9　第 1 页 共 9 页", "Page 2 of 9　第 2 页 共 9 页")
    >>> len(set.intersection(*({r.key for r in readings(line) if r.total} for line in readings_of))) > 0
    True
    >>> [r.number for r in readings("第 3 页　打印于 2024-05-01 09:12") if r.look == "glued"]
    [3, 3]
    """
    if ":" in line:
        line = _MOMENT.sub(_THEN, line)
    text = shadow(line)
    if not text or _LIST_MARK.search(line) or _COMMAND.match(line):
        return
    runs = _runs(text)
    for run in runs:
        value = number(run.group())
        if value is None or value == 0:
            continue
        key = text[: run.start()] + MASK + text[run.end() :]
        look, total = _look(key)
        if look == "framed" and run.group()[0] in _VALUES | {"十": 10, "百": 100}:
            look = "bare"
        yield Reading(key, value, look, total)
        if look == "glued" and total is not None and len(runs) > 2:
            # What else is counted beside it: 第 3 页 共 16 页　本章还有 4 分钟
            sides = (_FIGURES.sub("0", side) for side in (text[: run.start()], text[run.end() :]))
            yield Reading(MASK.join(sides), value, look, total)
    yield from _abreast(text, runs)
    yield from _apart(line)
    yield from _fields(line)


def total_piece(line: str) -> int | None:
    """The number of pages in the second piece of a marker on two lines.

    >>> total_piece("共 16 页"), total_piece("第 16 页")
    (16, None)
    """
    found = _TOTAL_PIECE.fullmatch(shadow(line))
    return _total_of(found) if found else None


def _apart(line: str) -> Iterator[Reading]:
    """A number behind another figure, from which only a space parts it: 2024-5-1 1/3, DB 12—2013 3."""
    before, _, last = line.rstrip().rpartition(" ")
    if not before[-1:].isdigit() or not last[:1].isdigit():
        return
    if found := _COUNT.fullmatch(last):
        yield Reading(f"{shadow(before)}\1{MASK}/{found[2]}", int(found[1]), "framed", int(found[2]))
    elif _RUN.fullmatch(last) and sum(map(str.isalpha, before)) >= _WORDS:
        yield Reading(f"{shadow(before)}\1{MASK}", int(last), "field", None)


def _abreast(text: str, runs: "list[regex.Match[str]]") -> Iterator[Reading]:
    """A page counted twice, 总第 645 页　本期第 33 页: the key holds how far the two counts are apart."""
    if len(runs) != 2:
        return
    first, second = runs
    one, other = number(first.group()), number(second.group())
    if one is None or not other:
        return
    tail = text[first.end() : second.start()] + MASK + text[second.end() :]
    whole, total = _look(text[: first.start()] + MASK + text[first.end() :])
    if _look(tail)[0] in ("named", "glued") and whole != "named" and total is None:
        yield Reading(f"{text[: first.start()]}\1{one - other}\1{tail}", other, "glued", None)


def _fields(line: str) -> Iterator[Reading]:
    """A head in several parts set apart by wide gaps, one of which is the number: 旧楼记事　卷二　一四三."""
    parts = _GAP.split(line.strip())
    if not 2 <= len(parts) <= 6:
        return
    texts = [shadow(part) for part in parts]
    for at, text in enumerate(texts):
        runs = _runs(text) if 0 < len(text) <= _FIELD else []
        for run in runs:
            value = number(run.group())
            field = text[: run.start()] + MASK + text[run.end() :]
            look, total = _look(field)
            if not value or look in ("other", "glued"):
                continue
            others = [_said_again(text, value) for text in texts]
            key = "\1".join([*others[:at], field, *others[at + 1 :]])
            yield Reading(key, value, _FIELD_LOOKS.get(look, "field"), total)
            if field == MASK and at in (0, len(texts) - 1) and text.isdecimal():
                yield Reading(f"{MASK}\1{ANY}" if at == 0 else f"{ANY}\1{MASK}", value, "field", None)


def _said_again(text: str, page: int) -> str:
    """A field with the number masked if it is a marker of the same page: Page 3 of 9　第 3 页."""
    for run in _runs(text) if 0 < len(text) <= _FIELD else ():
        if number(run.group()) == page:
            key = text[: run.start()] + MASK + text[run.end() :]
            return text if _look(key)[0] in ("other", "glued", "bare") else key
    return text


def _runs(text: str) -> "list[regex.Match[str]]":
    digits = list(_RUN.finditer(text))
    if digits:
        # A head may carry a date and a chapter number as well; beyond that the page's number is at an end.
        return digits if len(digits) <= 5 else [digits[0], digits[-1]]
    # Han figures and roman ones are letters as well: only in lines with room for little else.
    if len(text) > SPELT:
        return []
    return list(_HAN_RUN.finditer(text)) or list(_ROMAN_RUN.finditer(text))


@lru_cache(maxsize=4096)
def _look(key: str) -> tuple[Look, int | None]:
    possible = _possible(_needed().intersection(key))
    for form, whole, _ in possible:
        if found := whole.fullmatch(key):
            return form.look, _total_of(found)
    for form, _, edge in possible:
        if form.look == "named" and (found := edge.search(key)):
            return "glued", _total_of(found)
    if (f"{MASK}/" in key or f"{MASK}of" in key) and (found := _COUNTED.search(key)):
        return "framed", _total_of(found)
    return "other", None


@cache
def _needed() -> frozenset[str]:
    """The characters that one form or another needs."""
    return frozenset().union(*(form.needs for form in forms()))


# A dozen sets of characters are what most lines have of them: to ask form by form took as long as all the patterns.
@lru_cache(maxsize=1024)
def _possible(there: frozenset[str]) -> "list[tuple[Form, regex.Pattern[str], regex.Pattern[str]]]":
    """The forms a line may fit that has just these of the characters forms need, with their patterns."""
    return [each for each in _patterns() if not each[0].needs or not each[0].needs.isdisjoint(there)]


def _total_of(found: "regex.Match[str]") -> int | None:
    total = found.groupdict().get("total")
    return number(total) if total else None


@cache
def _patterns() -> "tuple[tuple[Form, regex.Pattern[str], regex.Pattern[str]], ...]":
    found = []
    for form in forms():
        line = form.line.replace("N", MASK).replace("M", _TOTAL)
        # Glued to a running head, a named marker stands at its start or its end.
        found.append((form, lazy(line), lazy(rf"(?:{line})$|^(?:{line})(?=\W|\p{{Han}})")))
    return tuple(found)


@cache
def forms() -> tuple[Form, ...]:
    """The forms of ``packs/markers.toml``, in its order: the first that fits names the look."""
    return tuple(_form(entry) for entry in _pack()["form"])


@cache
def _counted() -> "regex.Pattern[str]":
    units = _pack()["counted"]["units"]
    labels = "|".join(map(regex.escape, _pack()["counted"]["labels"]))
    return regex.compile(rf"第{MASK}[{units}].*|(?:{labels}){MASK}")


def counts_something_else(key: str) -> bool:
    """Whether the text of a key says what its numbers count, and it is not pages.

    >>> [counts_something_else(key) for key in (f"第{MASK}章雨季", f"图{MASK}", f"第{MASK}页")]
    [True, True, False]
    """
    return _counted().fullmatch(key) is not None


@cache
def _pack() -> dict[str, Any]:
    return built_in("packs", "markers.toml")


def _form(entry: dict[str, Any]) -> Form:
    return Form(
        entry["name"],
        entry["look"],
        entry["line"],
        frozenset(entry.get("needs", "")),
        tuple(entry["removes"]),
        tuple(entry["keeps"]),
    )
