"""Reading bytes in an encoding that is known, with whatever in them is damaged or in another one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from cleaner.decoded import STATEFUL, Damage, Decoded, Part
from cleaner.encodings import LEGACY, WIDE
from cleaner.patterns import lazy_plain
from cleaner.plausibility import cost, frequent
from cleaner.salvage import SWITCH, costs_for, stretches

STRAYS = lazy_plain("[\udc80-\udcff]+")
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
    _joins: bool = False
    """Whether nothing but ASCII and damage came after the last part."""

    def add(self, text: str, size: int, encoding: str) -> None:
        """Characters of an encoding, from ``size`` bytes."""
        if not text.isascii():
            if encoding != self.main:
                self._add_part(Part(self.position, self.position + len(text), encoding, self.offset))
            self._joins = encoding != self.main
        self.pieces.append(text)
        self.position += len(text)
        self.offset += size

    def _add_part(self, part: Part) -> None:
        if self._joins and self.parts[-1].encoding == part.encoding:
            # Only ASCII stands between, which is the same in both.
            before = self.parts.pop()
            part = Part(before.start, part.end, part.encoding, before.offset)
        self.parts.append(part)

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
    if name not in _SALVAGED:
        _read_escaped(data.decode(name, "surrogateescape"), name, reading)
        return reading
    start = 0
    while start < len(data):
        end = min(start + _BLOCK, len(data))
        end = data.rfind(b"\n", start, end) + 1 or end if end < len(data) else end
        start = _read_block(data, start, end, others, reading)
    return reading


_BLOCK = 1 << 17  # bytes read at a time: after a bad place without a line end, that much is read anew at most


def _read_block(data: bytes, start: int, end: int, others: tuple[str, ...], reading: Reading) -> int:
    """Read the bytes ``start:end``, or only to the end of a bad place that is not the end of a line.

    Gives the offset where to go on: what follows such a place may be out of step in this reading.
    """
    name = reading.main
    text = data[start:end].decode(name, "surrogateescape")
    if end < len(data) and not text.endswith("\n"):
        text = text[: _between_codes(text, len(text) - 4)] or text  # the last character may be cut in two
    done = 0
    for begin, stop in _troubled(text, name):
        begin, stop = _between_codes(text, begin), _between_codes(text, stop)
        sound = text[done:begin]
        size = len(sound.encode(name))
        reading.add(sound, size, name)
        start += size
        size = len(text[begin:stop].encode(name, "surrogateescape"))
        whole = start + size == len(data)
        cut = not whole and text[stop : stop + 1] != "\n"
        start += _read_troubled(data[start : start + size], name, others, reading, whole, cut)
        if cut:
            return start
        done = stop
    sound = text[done:]
    reading.add(sound, len(sound.encode(name)), name)
    return start + len(sound.encode(name))


def _between_codes(text: str, position: int) -> int:
    """The position, or the one before where Big5-HKSCS has one code for the two characters around it (Ê̄)."""
    return max(position - (text[position : position + 1] in ("\u0304", "\u030c")), 0)


def _read_escaped(text: str, name: str, reading: Reading) -> None:
    """A stretch in an encoding where nothing can be out of step: each byte left over stands for itself."""
    for sound, strays in re.findall("([^\udc80-\udcff]*)([\udc80-\udcff]*)", text):
        reading.add(sound, len(sound.encode(name)), name)
        if strays:
            reading.lose(strays.encode(name, "surrogateescape"), "stray-byte")


_REACH = 512  # characters before and after a bad place that are read again, if no line end comes first
_LONGEST = 4096  # characters read again at once, if no line end comes first


def _troubled(text: str, name: str) -> Iterator[tuple[int, int]]:
    """The stretches of a first reading that have to be looked at again: (start, end), rising, apart."""
    # UTF-8 is never out of step for longer than a character.
    reach = _REACH // 16 if name == "utf-8" else _REACH
    begin = stop = 0
    for position in _trouble(text, name):
        if position >= stop:
            if stop:
                yield begin, stop
            line = text.rfind("\n", max(stop, position - reach), position) + 1
            begin = line or max(stop, position - reach)
        if stop - begin > _LONGEST and text[stop : stop + 1] != "\n":
            break  # hopeless, or out of step from here on: once it is in step again the rest may be sound
        end = position + 1 + reach
        if end > stop:
            line = text.find("\n", position + 1, end)
            stop = min(end, len(text)) if line < 0 else line
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
            if re.search(_LETTER_IN_HAN, text[position : position + 6]):
                yield position
        elif match[0] in _utf8_heads() and text[position + 3 : position + 4] in _utf8_heads():
            yield position
        before = [*before[1:], position]


_LETTER_IN_HAN = "[\u4e00-\u9fff][@-~][\u4e00-\u9fff]"


@cache
def _uncommon() -> re.Pattern[str]:
    """Any sign but ASCII, punctuation, letters, kana and the characters most used."""
    return re.compile(f"[^\0-\u33ff\uff00-\uffef{''.join(sorted(frequent()))}]")


@cache
def _utf8_heads() -> frozenset[str]:
    """The characters that the first two bytes of most Chinese characters in UTF-8 are in GBK."""
    pairs = (bytes((lead, trail)) for lead in range(0xE4, 0xEA) for trail in range(0x80, 0xC0))
    return frozenset(pair.decode("gb18030") for pair in pairs)


def _read_troubled(data: bytes, name: str, others: tuple[str, ...], reading: Reading, last: bool, cut: bool) -> int:
    """Read a stretch again in the likeliest way, and give how many of its bytes.

    ``last`` says that the file ends with it; ``cut`` that it ends anywhere, perhaps inside a character.
    """
    done = 0
    for line in re.findall(rb"[^\n]*\n|[^\n]+", data):
        other = _plainly(line, name, others)
        if other:
            reading.add(line.decode(other), len(line), other)
            done += len(line)
            continue
        for stretch in stretches(line, (name, *others)):
            piece = line[stretch.start : stretch.end]
            if stretch.encoding:
                reading.add(piece.decode(stretch.encoding), len(piece), stretch.encoding)
                continue
            ends = stretch.end == len(line)
            if ends and cut and done + stretch.start:
                return done + stretch.start  # perhaps the beginning of a character that goes on
            reading.lose(piece, _kind(piece, name, 0 if ends else line[stretch.end], ends and last))
        done += len(line)
    return done


def _plainly(line: bytes, name: str, others: tuple[str, ...]) -> str | None:
    """The other encoding a whole line is in, if that is plain; many times faster than salvage."""
    for other in others:
        try:
            text = line.decode(other)
        except UnicodeDecodeError:
            continue
        price = cost(text, costs_for(other))
        # 8.5 is no more than good text costs a character; salvage would charge for going there and back.
        if price < 8.5 * len(text) and price + 2 * SWITCH < cost(
            line.decode(name, "surrogateescape"), costs_for(name)
        ):
            return other
    return None


def _kind(piece: bytes, name: str, follower: int, last: bool) -> str:
    """What to call bytes of no character, by the byte that follows."""
    if not _may_begin(piece, name):
        return "stray-byte"
    if last:
        return "truncated"
    return "lost-half" if follower < 0x80 or name == "utf-8" else "stray-byte"


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
