"""Reading bytes in an encoding that is known, with whatever in them is damaged or in another one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from cleaner.decoded import STATEFUL, Damage, Decoded, Part
from cleaner.encodings import LEGACY, WIDE
from cleaner.plausibility import frequent
from cleaner.salvage import stretches

STRAYS = re.compile("[\udc80-\udcff]+")
"""Bytes left over, as "surrogateescape" shows them."""
_SALVAGED = {"utf-8", *LEGACY}  # what salvage can read


@dataclass(slots=True)
class Reading:
    """A text put together piece by piece, with its damage; offsets count from the beginning of the file."""

    main: str
    offset: int
    position: int = 0
    pieces: list[str] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def add(self, text: str, size: int, encoding: str) -> None:
        """Characters of an encoding, from ``size`` bytes."""
        if encoding != self.main and not text.isascii():
            self.parts.append(Part(self.position, self.position + len(text), encoding, self.offset))
        self.pieces.append(text)
        self.position += len(text)
        self.offset += size

    def lose(self, data: bytes, kind: str) -> None:
        """Bytes of no character."""
        self.damage.append(Damage(self.offset, data, self.position, kind))
        self.pieces.append("\ufffd")
        self.position += 1
        self.offset += len(data)

    def decoded(self, name: str, how: str, runner_up: str | None = None, bom: bytes = b"") -> Decoded:
        return Decoded("".join(self.pieces), name, how, tuple(self.damage), runner_up, tuple(self.parts), bom)


def read(data: bytes, name: str, offset: int, others: tuple[str, ...] = ()) -> Reading:
    """Read bytes in an encoding, and where that fails in one of the others."""
    reading = Reading(name, offset)
    if name in WIDE:
        _read_wide(data, name, reading)
        return reading
    if STATEFUL.search(name):
        _read_lines(data, name, reading)
        return reading
    text = data.decode(name, "surrogateescape")
    done = 0
    for start, end in _troubled(text, name):
        sound = text[done:start]
        size = len(sound.encode(name))
        reading.add(sound, size, name)
        if name not in _SALVAGED:
            _read_escaped(text[start:end], name, reading)
            done = end
            continue
        size = len(text[start:end].encode(name, "surrogateescape"))
        at = reading.offset - offset
        _read_troubled(data[at : at + size], name, others, reading, at + size == len(data))
        done = end
    sound = text[done:]
    reading.add(sound, len(data) - (reading.offset - offset), name)
    return reading


def _read_escaped(text: str, name: str, reading: Reading) -> None:
    """A stretch in an encoding where nothing can be out of step: each byte left over stands for itself."""
    for sound, strays in re.findall("([^\udc80-\udcff]*)([\udc80-\udcff]*)", text):
        reading.add(sound, len(sound.encode(name)), name)
        if strays:
            reading.lose(strays.encode(name, "surrogateescape"), "stray-byte")


_REACH = 512  # characters before and after a bad place that are read again, if no line end comes first


def _troubled(text: str, name: str) -> Iterator[tuple[int, int]]:
    """The stretches of a first reading that have to be looked at again: (start, end), rising, apart."""
    begin = stop = end = 0
    for position in _trouble(text, name):
        if position >= stop:
            if stop:
                yield begin, stop
            line = text.rfind("\n", max(stop, position - _REACH), position) + 1
            begin = line or max(stop, position - _REACH)
        end = position + 1
        if end + _REACH > stop:
            line = text.find("\n", end, end + _REACH)
            stop = min(end + _REACH, len(text)) if line < 0 else line
    if stop:
        yield begin, stop


def _trouble(text: str, name: str) -> Iterator[int]:
    """The positions in a first reading that show that something is wrong.

    A byte left over is one. In GB18030 and Big5 also five of eight characters that are not in common use,
    which pairs out of step give (one lost byte and another later leave no byte over); sound text that is so
    rare is read again in vain. In GB18030 also two characters at a distance of three that UTF-8 read as GBK
    is full of. In Big5, where pairs end in an ASCII letter as often as not and so fall into step again
    soon, one uncommon character and such a letter before Han.
    """
    if name not in LEGACY[:3]:
        yield from (match.start() for match in STRAYS.finditer(text))
        return
    before = [-9] * 4
    for match in _uncommon().finditer(text):
        position = match.start()
        stray = "\udc80" <= match[0] <= "\udcff"
        if stray or position - before[0] < 8:
            yield position
        elif name != "gb18030":
            if _LETTER_IN_HAN.search(text, position, position + 6):
                yield position
        elif match[0] in _utf8_heads() and text[position + 3 : position + 4] in _utf8_heads():
            yield position
        before = [*before[1:], position]


_LETTER_IN_HAN = re.compile("[\u4e00-\u9fff][@-~][\u4e00-\u9fff]")


@cache
def _uncommon() -> re.Pattern[str]:
    """Any sign but ASCII, punctuation, letters, kana and the characters most used."""
    return re.compile(f"[^\0-\u33ff\uff00-\uffef{''.join(sorted(frequent()))}]")


@cache
def _utf8_heads() -> frozenset[str]:
    """The characters that the first two bytes of most Chinese characters in UTF-8 are in GBK."""
    pairs = (bytes((lead, trail)) for lead in range(0xE4, 0xEA) for trail in range(0x80, 0xC0))
    return frozenset(pair.decode("gb18030") for pair in pairs)


def _read_troubled(data: bytes, name: str, others: tuple[str, ...], reading: Reading, last: bool) -> None:
    """Read a stretch again, character by character, in the likeliest way."""
    found = list(stretches(data, (name, *others)))
    for index, stretch in enumerate(found):
        piece = data[stretch.start : stretch.end]
        if stretch.encoding:
            reading.add(piece.decode(stretch.encoding), len(piece), stretch.encoding)
            continue
        ends = index + 1 == len(found)
        follower = 0 if ends else data[stretch.end]
        kind = "stray-byte"
        if _may_begin(piece, name):
            kind = (
                "truncated" if ends and last else "lost-half" if follower < 0x80 or name == "utf-8" else kind
            )
        reading.lose(piece, kind)


def _may_begin(piece: bytes, name: str) -> bool:
    """Whether bytes are the beginning of a character that does not go on."""
    if name == "utf-8":
        return 0xC2 <= piece[0] <= 0xF4 and all(byte & 0xC0 == 0x80 for byte in piece[1:])
    return 0x81 <= piece[0] <= 0xFE and len(piece) == 1


def _read_wide(data: bytes, name: str, reading: Reading) -> None:
    """UTF-16 and UTF-32: half a surrogate pair and bytes over at the end are damage."""
    unit = 4 if "32" in name else 2
    whole = len(data) // unit * unit
    block = 1 << 16  # so that an error costs only its own block
    try:
        reading.add(data.decode(name), len(data), name)
        return
    except UnicodeDecodeError:
        pass
    at = 0
    while at < whole:
        end = min(at + block, whole)
        if unit == 2 and end < whole and _is_high_surrogate(data[end - 2 : end], name):
            end -= 2
        _read_wide_block(data[at:end], name, unit, reading)
        at = end
    if data[whole:]:
        reading.lose(data[whole:], "truncated")


def _is_high_surrogate(pair: bytes, name: str) -> bool:
    return 0xD8 <= pair[1 if name.endswith("le") else 0] <= 0xDB


def _read_wide_block(data: bytes, name: str, unit: int, reading: Reading) -> None:
    try:
        text = data.decode(name, "surrogatepass")
    except UnicodeDecodeError:  # UTF-32 above U+10FFFF
        for at in range(0, len(data), unit):
            try:
                reading.add(data[at : at + unit].decode(name), unit, name)
            except UnicodeDecodeError:
                reading.lose(data[at : at + unit], "stray-byte")
        return
    done = 0
    for half in re.finditer("[\ud800-\udfff]", text):
        sound = text[done : half.start()]
        reading.add(sound, len(sound.encode(name)), name)
        reading.lose(half[0].encode(name, "surrogatepass"), "lost-half")
        done = half.end()
    reading.add(text[done:], len(text[done:].encode(name)), name)


def _read_lines(data: bytes, name: str, reading: Reading) -> None:
    """Encodings with escape sequences: where a line does not follow them, it is read as ASCII."""
    try:
        reading.add(data.decode(name), len(data), name)
        return
    except UnicodeDecodeError:
        pass
    for line in re.findall(rb"[^\n]*\n|[^\n]+", data):
        try:
            reading.add(line.decode(name), len(line), name)
        except UnicodeDecodeError:
            for piece in re.findall(rb"[\0-\x7f]+|[\x80-\xff]+", line):
                if piece.isascii():
                    reading.add(piece.decode(), len(piece), name)
                else:
                    reading.lose(piece, "stray-byte")
