"""The text of a file with its damage, and the way back to the same bytes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from cleaner.encodings import DecodeError
from cleaner.patterns import lazy_plain

# Codecs in which a text has one spelling only, so that no check is needed that it can be written back
# (measured over all their codes). The others have double codes, or escape sequences.
_ONE_SPELLING = {"utf-8", "gb18030", "euc_jp", "cp949", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"}
STATEFUL = lazy_plain(r"hz|utf-7|iso2022")

HOW_GIVEN = "given by the user"
HOW_BOM = "byte order mark"
HOW_ASCII = "nothing but ASCII"
HOW_UTF8 = "valid UTF-8"
HOW_ZEROS = "zero bytes in regular places"
HOW_ESCAPES = "escape sequences"
HOW_LIKELY = "the most plausible text"
HOW_DAMAGED = "the most plausible text, with damage"
HOW_MIXED = "the most plausible text, in more than one encoding"
HOW_STATISTICS = "byte statistics"


@dataclass(frozen=True, slots=True)
class Damage:
    """One damaged place: ``data``, the bytes from ``offset`` on, shows as ``width`` characters of the text.

    Kinds: "stray-byte" (bytes of no character), "lost-half" (the beginning of a character that does not go
    on), "truncated" (the same at the end of the file), "zero-bytes" (padding; in the text as they are), and
    two for characters that were lost before the file was written: "replacement-character" (U+FFFD) and
    "lost-text" (锟斤拷).
    """

    offset: int
    data: bytes
    position: int
    kind: str
    width: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """The characters ``start:end`` of the text, read as another encoding than the rest of the file."""

    start: int
    end: int
    encoding: str
    offset: int
    """Where its bytes begin in the file."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and how it was come by."""

    text: str
    """Without a byte order mark at the beginning; line ends as in the file."""
    encoding: str
    """As Python's codecs call it; "utf-8" also for nothing but ASCII."""
    how: str
    """A constant phrase, one of the ``HOW_`` constants."""
    damage: tuple[Damage, ...] = ()
    runner_up: str | None = None
    """The encoding of the next best reading, if there was anything to choose."""
    parts: tuple[Part, ...] = ()
    """What is in another encoding."""
    bom: bytes = b""
    variants: tuple[Damage, ...] = field(default=(), repr=False)
    """No damage: places whose bytes the codec would write in another way (十 has two codes in Big5)."""


def encode(decoded: Decoded, text: str | None = None) -> bytes:
    """The bytes a text was decoded from: the exact inverse of :func:`decode`.

    ``text`` stands in for ``decoded.text``, which may then be empty: restoring a file takes its text and
    what was noted about it. Raises :class:`DecodeError` if the text has characters the encoding lacks.

    >>> from cleaner.decode import decode
    >>> encode(decode(b"\\xef\\xbb\\xbf\\xe4\\xbd\\xa0\\xff"))
    b'\\xef\\xbb\\xbf\\xe4\\xbd\\xa0\\xff'
    """
    text = decoded.text if text is None else text
    return decoded.bom + b"".join(piece.data for piece in written(decoded, text))


class _Piece(NamedTuple):
    """The characters ``start:end`` and their bytes, as a codec writes them or, if that is None, as kept."""

    start: int
    end: int
    encoding: str | None
    data: bytes


def written(decoded: Decoded, text: str) -> Iterator[_Piece]:
    """The text as bytes, in pieces that leave nothing out."""
    places = sorted((*decoded.damage, *decoded.variants), key=lambda place: (place.position, -place.width))
    position, index = 0, 0
    for end, encoding in _runs(decoded, len(text)):
        while index < len(places) and places[index].position < end:
            place, index = places[index], index + 1
            if place.position < position:
                continue  # inside a larger variant, which has its bytes
            yield _Piece(position, place.position, encoding, _bytes(text[position : place.position], encoding))
            position = place.position + place.width
            yield _Piece(place.position, position, None, place.data)
        if position < end:
            yield _Piece(position, end, encoding, _bytes(text[position:end], encoding))
            position = end
    for place in places[index:]:  # escape sequences that show as no character, at the end
        yield _Piece(position, position, None, place.data)


def _runs(decoded: Decoded, length: int) -> Iterator[tuple[int, str]]:
    """The ends of the stretches of one encoding, each with its codec."""
    main = decoded.encoding.removesuffix("-sig")
    for part in decoded.parts:
        yield part.start, main
        yield part.end, part.encoding
    yield length, main


def _bytes(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding) if text else b""  # ISO 2022 has a header even then
    except UnicodeEncodeError as error:
        character = text[error.start]
        raise DecodeError(f"U+{ord(character):04X} cannot be written in {encoding}") from None


# ---- what else is noted: spellings to keep, and characters lost before


def with_variants(decoded: Decoded, data: bytes) -> Decoded:
    """Note the places whose bytes differ from what the codec writes for the same text."""
    names = {decoded.encoding.removesuffix("-sig"), *(part.encoding for part in decoded.parts)}
    if names <= _ONE_SPELLING or encode(decoded) == data:
        return decoded
    if not any(map(STATEFUL.search, names)):
        try:
            noted = replace(decoded, variants=tuple(_double_codes(decoded, data)))
        except UnicodeEncodeError:  # two characters with one code between them
            noted = decoded
    elif data.count(b"\n") == decoded.text.count("\n"):
        noted = replace(decoded, variants=tuple(_odd_lines(decoded, data)))
    else:
        noted = decoded
    if encode(noted) == data:
        return noted
    # Escape sequences across line ends: keep the bytes as a whole.
    return replace(
        decoded,
        variants=(Damage(len(decoded.bom), data[len(decoded.bom) :], 0, "variant", len(decoded.text)),),
    )


def _double_codes(decoded: Decoded, data: bytes) -> Iterator[Damage]:
    """Characters with two codes, of which the file has the one the codec does not write; both are as long."""
    offset = len(decoded.bom)
    for piece in written(decoded, decoded.text):
        end = offset + len(piece.data)
        if piece.encoding and data[offset:end] != piece.data:
            for start in range(piece.start, piece.end, 256):  # look closely only where it is needed
                text = decoded.text[start : min(start + 256, piece.end)]
                size = len(text.encode(piece.encoding))
                if data[offset : offset + size] != text.encode(piece.encoding):
                    yield from _double_codes_in(text, data[offset : offset + size], piece.encoding, start, offset)
                offset += size
        offset = end


def _double_codes_in(text: str, data: bytes, encoding: str, position: int, offset: int) -> Iterator[Damage]:
    at = 0
    for index, character in enumerate(text):
        code = character.encode(encoding)
        found = data[at : at + len(code)]
        if found != code:
            yield Damage(offset + at, found, position + index, "variant")
        at += len(code)


def _odd_lines(decoded: Decoded, data: bytes) -> Iterator[Damage]:
    offset, position = 0, 0
    for raw, line in zip(data.split(b"\n"), decoded.text.split("\n"), strict=True):
        if "\ufffd" in line or _bytes(line, decoded.encoding) != raw:
            yield Damage(offset, raw, position, "variant", len(line))
        offset, position = offset + len(raw) + 1, position + len(line) + 1


# 锟斤拷 is what GBK shows for two U+FFFD of UTF-8, so nothing can be known of what stood there. In
# quotation marks somebody writes about it; 锟 alone is a name (曹锟), and 烫烫 or 屯屯 are words.
_LOST = lazy_plain("(?P<zeros>\0+)|(?P<mark>\ufffd+)|(?<![“‘「『《\"'])(?P<text>(?:锟斤拷)+)")
_KINDS = {"zeros": "zero-bytes", "mark": "replacement-character", "text": "lost-text"}


def with_losses(decoded: Decoded) -> Decoded:
    """Note what was lost before the file was written, and zero bytes; the text stays as it is.

    >>> from cleaner.decode import decode
    >>> decode("曹锟说：锟斤拷，“锟斤拷”是乱码。".encode()).damage
    (Damage(offset=12, data=b'\xe9\x94\x9f\xe6\x96\xa4\xe6\x8b\xb7', position=4, kind='lost-text', width=3),)
    """
    text = decoded.text
    if not ("\ufffd" in text or "锟" in text or "\0" in text):  # one character each: that is quickest
        return decoded
    found = [(match.start(), match.end(), _KINDS[match.lastgroup or ""]) for match in _LOST.finditer(text)]
    damage = sorted((*decoded.damage, *_placed(decoded, found)), key=lambda place: place.offset)
    return replace(decoded, damage=tuple(damage))


def _placed(decoded: Decoded, found: list[tuple[int, int, str]]) -> Iterator[Damage]:
    """Stretches of the text as places in the file; not those that are there for bytes of no character."""
    offset, index = len(decoded.bom), 0
    for piece in written(decoded, decoded.text):
        at, position = offset, piece.start
        while index < len(found) and found[index][0] < piece.end:
            start, end, kind = found[index]
            start, stop = max(start, piece.start), min(end, piece.end)
            if piece.encoding and start < stop:
                at += len(_bytes(decoded.text[position:start], piece.encoding))
                data = _bytes(decoded.text[start:stop], piece.encoding)
                yield Damage(at, data, start, kind, stop - start)
                at, position = at + len(data), stop
            if end > piece.end:
                break  # it goes on in the next piece
            index += 1
        offset += len(piece.data)
