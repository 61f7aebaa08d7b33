"""Bytes to text: which encoding a file is in, what in it is damaged, and the way back to the same bytes.

The order of judgement: a byte order mark; strict UTF-8; zero bytes that show UTF-16 or UTF-32; the escape
sequences of HZ and ISO 2022; then the readings as GB18030, Big5 and the others compared by how much they look
like text (see plausibility). Statistics over byte values are asked last, and only for alphabets.

Nothing is lost: bytes that no reading explains show in the text as one U+FFFD a place, and are kept with their
place in ``damage``; text whose bytes are not those its codec would write is kept in ``variants``. With both,
:func:`encode` gives back the file, byte for byte.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from cleaner.encodings import (
    BOMS,
    DecodeError,
    canonical,
    refuse_known_files,
    refuse_unknown_files,
)
from cleaner.plausibility import ASCII, STRAY, Costs, alphabetic, any_language, chinese, cost
from cleaner.salvage import costs_for, least_cost, stretches

__all__ = ["Damage", "DecodeError", "Decoded", "Part", "decode", "encode"]


@dataclass(frozen=True, slots=True)
class Damage:
    """One damaged place: ``data``, the bytes from ``offset`` on, shows as ``width`` characters of the text.

    Kinds: "stray-byte" (bytes of no character), "lost-half" (the beginning of a character that does not go on),
    "truncated" (the same at the end of the file), "zero-bytes" (padding; in the text as they are), and two for
    characters that were lost before the file was written: "replacement-character" (U+FFFD) and "lost-text" (锟斤拷).
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
    """A constant phrase: see the HOW_ constants."""
    damage: tuple[Damage, ...] = ()
    runner_up: str | None = None
    """The encoding of the next best reading, if there was anything to choose."""
    parts: tuple[Part, ...] = ()
    """What is in another encoding."""
    bom: bytes = b""
    variants: tuple[Damage, ...] = field(default=(), repr=False)
    """No damage: places whose bytes the codec would write in another way (十 has two codes in Big5)."""


HOW_GIVEN = "given by the user"
HOW_BOM = "byte order mark"
HOW_ASCII = "nothing but ASCII"
HOW_UTF8 = "valid UTF-8"
HOW_ZEROS = "zero bytes in regular places"
HOW_ESCAPES = "escape sequences"
HOW_ONLY = "the only reading without errors"
HOW_LIKELY = "the most plausible text"
HOW_DAMAGED = "the most plausible text, with damage"
HOW_MIXED = "the most plausible text, in more than one encoding"
HOW_STATISTICS = "byte statistics"

_LEGACY = ("gb18030", "cp950", "big5hkscs", "cp932", "euc_jp", "cp949")
# Languages this tool is not for must be better by the price of about one character to be believed.
_HANDICAP = dict.fromkeys(("cp932", "euc_jp", "cp949", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"), 8.0)
# Codecs in which a text has one spelling only, so that no check is needed that it can be written back (measured
# over all their codes). The others have double codes, or escape sequences.
_ONE_SPELLING = {"utf-8", "gb18030", "euc_jp", "cp949", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"}
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_SALVAGED = {"utf-8", *_LEGACY}  # what salvage can read
_STATEFUL = re.compile(r"hz|utf-7|iso2022")
_ALPHABETS = (
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 koi8-r koi8-u iso8859-1 iso8859-2 "
    "iso8859-5 iso8859-7 iso8859-15 mac-roman cp850 cp852 cp866"
).split()


def decode(data: bytes, encoding: str | None = None, *, strict: bool = False) -> Decoded:
    """The text of a file's bytes; with ``encoding`` in that encoding, else in the one they are found to be in.

    Raises :class:`DecodeError` for a file that is no text and for an unknown encoding, with ``strict`` also for a
    damaged one.

    >>> decode("你好".encode("gbk"))
    Decoded(text='你好', encoding='gb18030', how='the most plausible text', damage=(), runner_up='cp950', \
parts=(), bom=b'')
    >>> decode("联通".encode("gbk")).text  # the famous two that are valid UTF-8
    '联通'
    >>> decode(b"\\xc4\\xe3\\xff\\xba\\xc3").damage
    (Damage(offset=2, data=b'\\xff', position=1, kind='stray-byte', width=1),)
    """
    if encoding is not None:
        refuse_known_files(data)
        decoded = _given(data, canonical(encoding))
    else:
        decoded = _marked(data) or _valid_utf8(data) or _judged(data)
    decoded = _with_variants(decoded, data)
    decoded = _with_losses(decoded)
    if strict and decoded.damage:
        first = decoded.damage[0]
        raise DecodeError(
            f"damaged text: {len(decoded.damage)} places, the first at byte {first.offset} ({first.kind}); "
            "without --strict it is decoded and the damage reported"
        )
    return decoded


def encode(decoded: Decoded, text: str | None = None) -> bytes:
    """The bytes a text was decoded from: the exact inverse of :func:`decode`.

    ``text`` stands in for ``decoded.text``, which may then be empty: restoring a file takes its text and what was
    noted about it. Raises :class:`DecodeError` if the text has characters the encoding lacks.

    >>> encode(decode(b"\\xef\\xbb\\xbf\\xe4\\xbd\\xa0\\xff"))
    b'\\xef\\xbb\\xbf\\xe4\\xbd\\xa0\\xff'
    """
    text = decoded.text if text is None else text
    return decoded.bom + b"".join(piece.data for piece in _written(decoded, text))


@dataclass(frozen=True, slots=True)
class _Piece:
    """The characters ``start:end`` and their bytes, written by a codec or, when that is None, kept as they were."""

    start: int
    end: int
    encoding: str | None
    data: bytes


def _written(decoded: Decoded, text: str) -> Iterator[_Piece]:
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


# ---- the stages of judgement, in their order; each gives None when it has nothing to say


def _marked(data: bytes) -> Decoded | None:
    """What a byte order mark announces."""
    for bom, name in BOMS:
        if data.startswith(bom):
            if name in _WIDE and not _holds(data[len(bom) :][: 1 << 12], name):
                continue
            body = _read(data[len(bom) :], name.removesuffix("-sig"), len(bom))
            return body.decoded(name, HOW_BOM, bom=bom)
    return None


def _holds(sample: bytes, name: str) -> bool:
    """Whether bytes after a mark of this encoding are in it: two stray bytes can look like a mark.

    >>> _holds("你好".encode("gbk"), "utf-16-le"), _holds("你好".encode("utf-16-le"), "utf-16-le")
    (False, True)
    """
    unit = 4 if "32" in name else 2
    text = sample[: len(sample) // unit * unit].decode(name, "replace")
    return _likeness(text, any_language()) < 12.5 and not (len(sample) < unit and sample)


def _valid_utf8(data: bytes) -> Decoded | None:
    """Strict UTF-8; text with zero bytes is left to :func:`_judged`, for it may be UTF-16."""
    refuse_known_files(data)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if b"\0" in data:
        return None
    if data.isascii():
        if b"~{" in data or b"\x1b$" in data:
            return _escaped(data) or Decoded(text, "utf-8", HOW_ASCII)
        return Decoded(text, "utf-8", HOW_ASCII)
    # One Han character in UTF-8 (or one sign above U+0800) settles it, and in Chinese text it comes at once.
    if not _ABOVE_TWO_BYTES.search(text) and _is_gbk_by_chance(data, text):
        return None
    return Decoded(text, "utf-8", HOW_UTF8)


_ABOVE_TWO_BYTES = re.compile("[\u0800-\U0010ffff]")


def _is_gbk_by_chance(data: bytes, text: str) -> bool:
    """Whether a few words that happen to be valid UTF-8 make much more sense as GB18030.

    Such words give two-byte characters of UTF-8, that is letters and marks of several alphabets in a row. Signs of
    Latin-1 prove UTF-8 (× and · would be 脳 and 路), and so does a letter alone.

    >>> _is_gbk_by_chance("全员".encode("gbk"), "全员".encode("gbk").decode())
    True
    >>> _is_gbk_by_chance("Ещё раз".encode(), "Ещё раз"), _is_gbk_by_chance("2·3".encode(), "2·3")
    (False, False)
    """
    words = re.findall("[^\0-\x7f]+", text)
    if len("".join(words)) > 16 or any(len(word) < 2 or min(word) < "\u0100" for word in words):
        return False
    alphabets = {bisect(_ALPHABET_BOUNDS, ord(letter)) for letter in "".join(words)}
    try:
        chance = cost(data.decode("gb18030"), chinese())
    except UnicodeDecodeError:
        return False
    return chance + 6 < cost(text, alphabetic()) + 12 * (len(alphabets) - 1)


_ALPHABET_BOUNDS = (0x250, 0x370, 0x400, 0x530, 0x590, 0x600, 0x700, 0x780)


def _escaped(data: bytes) -> Decoded | None:
    """HZ and ISO 2022: seven-bit text that says with escape sequences which pairs are characters."""
    names = ["hz"] if re.search(rb"~\{(?:[!-w][!-~])+~\}", data) else []
    if b"\x1b$" in data:
        names += ["iso2022_jp_2", "iso2022_kr"]
    for name in names:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        # In LaTeX and shell scripts "~{" occurs too; what is between is no Chinese there.
        if not text.isascii() and _likeness(text, costs_for({"iso2022_kr": "cp949"}.get(name, "cp932"))) < 10:
            return Decoded(text, name, HOW_ESCAPES)
    return None


def _judged(data: bytes) -> Decoded:
    """The reading that makes the best text, and what is left over."""
    sample = _sample(data)
    ranking = _ranking(sample, b"\0" in data)
    name = ranking[0][1]
    runner_up = next(other for _, other in ranking[1:] if not {name, other} <= {"cp950", "big5hkscs"})
    how = HOW_ZEROS if name in _WIDE else HOW_LIKELY
    if name not in _WIDE:
        refuse_unknown_files(sample)
        alphabet = _alphabet(_close_look(sample), name)
        if alphabet:
            name, runner_up, how = alphabet, name, HOW_STATISTICS
    name = _big5(data, name)
    others = ("utf-8",) if name in _LEGACY else tuple(other for _, other in ranking if other in _LEGACY)[:1]
    reading = _read(data, name, 0, others if name in (*_LEGACY, "utf-8") else ())
    if name == "utf-8" and not reading.damage and not reading.parts:
        how = HOW_UTF8
    elif reading.parts:
        how = HOW_MIXED
    elif reading.damage:
        how = HOW_DAMAGED
    return reading.decoded(name, how, runner_up)


def _given(data: bytes, name: str) -> Decoded:
    """The text in an encoding somebody named."""
    bom, found = next(((bom, found) for bom, found in BOMS if data.startswith(bom)), (b"", ""))
    if name in ("utf-8", "utf-8-sig"):
        name = "utf-8-sig" if found == "utf-8-sig" else "utf-8"
    elif name in ("utf-16", "utf-32"):
        bom, found = next(((bom, found) for bom, found in BOMS if found.startswith(name) and data.startswith(bom)), (b"", ""))
        orders = [f"{name}-le", f"{name}-be"]
        name = found or min(orders, key=lambda order: cost(data[: 1 << 14].decode(order, "replace"), any_language()))
    elif name == "big5":
        name = _big5(data, "cp950")
    if name != found:
        bom = b""
    return _read(data[len(bom) :], name.removesuffix("-sig"), len(bom)).decoded(name, HOW_GIVEN, bom=bom)


# ---- which reading


_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE = 1 << 17  # bytes judged at most: some 30 ms of work, and ten times what the closest race needs
_WINDOWS = 32
# Three or more Chinese characters of UTF-8 in a row, which no other encoding's usual text contains.
_UTF8_RUN = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){3,}")


def _sample(data: bytes) -> bytes:
    """At most 128 KB that are typical of what is not ASCII in the data, cut at line ends where there are any.

    The places are spread over the whole file, and each begins where the first byte that is not ASCII follows: in
    a megabyte of ASCII with one Chinese line near its end, that line is the sample.
    """
    if len(data) <= _SAMPLE:
        return data
    pieces, size, done = [], _SAMPLE // _WINDOWS, 0
    for start in range(0, len(data), len(data) // _WINDOWS):
        found = _HIGH.search(data, max(start, done))
        if not found:
            break
        # From the line's beginning, where a character surely begins; in a line too long for that (no line ends
        # at all) the first character may be cut in two, which costs every reading about the same.
        begin = max(data.rfind(b"\n", max(done, found.start() - 512), found.start()) + 1, done)
        begin = begin if found.start() - begin <= 512 else found.start()
        done = data.find(b"\n", begin + size) + 1
        done = done if begin < done <= begin + 2 * size else begin + size
        pieces.append(data[begin:done])
    return b"\n".join(pieces) or data[:_SAMPLE]


def _ranking(sample: bytes, zeros: bool) -> list[tuple[float, str]]:
    """The candidates with the cost of reading the sample so, the best first."""
    if zeros:
        # Padding says nothing. Multiples of four, so that UTF-16 and UTF-32 stay in step.
        sample = _PADDING.sub(b"", sample)
    # What is plainly UTF-8 says nothing about the rest, and must not decide between GB18030 and Big5.
    rest = _UTF8_RUN.sub(b"", sample)
    legacy = min(_LEGACY, key=lambda name: _cost_of(rest, name))
    names = ["utf-8", legacy, *(name for name in _LEGACY if name != legacy)]
    wide = _WIDE if zeros else _WIDE[:2] if len(sample) % 2 == 0 else ()
    names += [name for name in wide if _holds(sample, name)]
    prices = {name: _cost_of(sample, name) for name in names}
    prices[legacy] = min(prices[name] for name in _LEGACY)
    best = min(prices, key=lambda name: prices[name])
    if best not in _WIDE and (
        best not in _CHINESE or _likeness(sample.decode(best, "surrogateescape"), costs_for(best)) > _DOUBTFUL
    ):
        # Perhaps one lost byte has put the rest of a line out of step, in which nothing is plausible.
        short = _close_look(sample)
        share = len(short) / len(sample)
        prices = {name: prices[name] * share for name in names if name in _WIDE}
        prices |= {name: least_cost(short, name) + _HANDICAP.get(name, 0) for name in ("utf-8", *_LEGACY)}
    return sorted(((price, name) for name, price in prices.items()), key=lambda entry: entry[0])


_CHINESE = ("utf-8", "gb18030", "cp950", "big5hkscs")
_DOUBTFUL = 8.5  # mean cost of a character; in Chinese of any kind it is 7 to 8 from a few words on
_CLOSE_LOOK = 1 << 12  # bytes read in every way there is, some 10 ms for each encoding


def _close_look(sample: bytes) -> bytes:
    """The first few kilobytes of lines that are not ASCII."""
    return b"\n".join(line for line in sample.split(b"\n") if not line.isascii())[:_CLOSE_LOOK]


_PADDING = re.compile(rb"(?:\0{4}){2,}")


def _cost_of(sample: bytes, name: str) -> float:
    """The cost of reading a sample in an encoding; bytes left over have theirs."""
    if name not in _WIDE:
        return cost(sample.decode(name, "surrogateescape"), costs_for(name)) + _HANDICAP.get(name, 0)
    unit = 4 if "32" in name else 2
    text = sample[: len(sample) // unit * unit].decode(name, "replace")
    over = len(sample) % unit + unit * text.count("\ufffd")
    return cost(text, any_language()) + _HANDICAP[name] + STRAY * over


def _likeness(text: str, costs: Costs) -> float:
    """The mean cost of what is not ASCII: about 7 in good Chinese, more than 10 in none."""
    wide = "".join(character for character in text if character > "\x7f")
    return cost(wide, costs) / len(wide) if wide else ASCII


def _alphabet(sample: bytes, name: str) -> str | None:
    """The one-byte encoding of an alphabet, if the sample is text in one rather than what ``name`` makes of it."""
    text = sample.decode(name, "surrogateescape")
    if _likeness(text, costs_for(name)) < _POOR:
        return None
    price = least_cost(sample, name)
    import chardet  # here, because it takes 50 ms to import and few files get so far

    answer = chardet.detect(sample, include_encodings=_ALPHABETS, no_match_encoding="cp1252", prefer_superset=True)
    # Its word counts unless the text it gives is worse than the commonest one's.
    found = [canonical(answer["encoding"] or "cp1252"), "cp1252"]
    prices = [_alphabetic_cost(sample.decode(other, "surrogateescape")) for other in found]
    best = prices.index(min(prices))
    return found[best] if prices[best] + 12 < price else None


def _alphabetic_cost(text: str) -> float:
    """The cost of text in an alphabet; capitals after small letters and words of two alphabets cost extra."""
    return cost(text, alphabetic()) + 6.0 * len(_FALSE_CAPITAL.findall(text)) + 8.0 * len(_MIXED.findall(text))


_POOR = 9.5  # mean cost of a character, as _DOUBTFUL; what no Chinese text longer than a name reaches
_MIXED = re.compile("[a-zA-Z][\u0370-\u1fff]|[\u0370-\u1fff][a-zA-Z]")
_FALSE_CAPITAL = re.compile(r"(?<=[a-zà-öø-ÿа-яёα-ω])[A-ZÀ-ÖØ-ÞА-ЯЁΑ-Ω]")


def _big5(data: bytes, name: str) -> str:
    """Which Big5: that of Windows, unless the file has characters only the Hong Kong one has.

    In rows C6 to C8 that Python's cp950 fills in its own way, the Hong Kong table has what was in use.

    >>> _big5("約翰‧史密斯".encode("cp950"), "cp950"), _big5("①嗰啲".encode("big5hkscs"), "cp950")
    ('cp950', 'big5hkscs')
    """
    if name not in ("cp950", "big5hkscs"):
        return name
    data = _UTF8_RUN.sub(b"", data)  # what is pasted in
    windows, hong_kong = data.decode("cp950", "surrogateescape"), data.decode("big5hkscs", "surrogateescape")
    if windows == hong_kong:
        return "cp950"
    strays = len(_STRAYS.findall(windows)) - len(_STRAYS.findall(hong_kong))
    return "big5hkscs" if strays > 0 or (not strays and _OLD_KANA.search(windows)) else "cp950"


_STRAYS = re.compile("[\udc80-\udcff]+")
_OLD_KANA = re.compile("[ぁ-ヾ々①-⑽Ё-ё]")


# ---- reading, with whatever is damaged


@dataclass(slots=True)
class _Reading:
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


def _read(data: bytes, name: str, offset: int, others: tuple[str, ...] = ()) -> _Reading:
    """Read bytes in an encoding, and where that fails in one of the others."""
    reading = _Reading(name, offset)
    if name in _WIDE:
        _read_wide(data, name, reading)
        return reading
    if _STATEFUL.search(name):
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


def _read_escaped(text: str, name: str, reading: _Reading) -> None:
    """A stretch in an encoding where nothing can be out of step: each byte left over stands for itself."""
    for sound, strays in re.findall("([^\udc80-\udcff]*)([\udc80-\udcff]*)", text):
        reading.add(sound, len(sound.encode(name)), name)
        if strays:
            reading.lose(strays.encode(name, "surrogateescape"), "stray-byte")


_REACH = 512  # characters before and after a bad place that are read again, if no line end comes first


def _troubled(text: str, name: str) -> Iterator[tuple[int, int]]:
    """The stretches of a first reading that have to be looked at again: (start, end), rising, apart."""
    pattern = _trouble(name)
    found = pattern.search(text)
    while found:
        start = text.rfind("\n", max(0, found.start() - _REACH), found.start()) + 1 or max(0, found.start() - _REACH)
        end = found.end()
        while True:  # as long as more trouble comes before the end of this
            stop = text.find("\n", end, end + _REACH)
            stop = min(end + _REACH, len(text)) if stop < 0 else stop
            found = pattern.search(text, end)
            if not found or found.start() >= stop:
                break
            end = found.end()
        yield start, stop


@cache
def _trouble(name: str) -> re.Pattern[str]:
    """What shows in a first reading that something is wrong there.

    A byte left over; in GB18030 and Big5 also three characters close together that hardly anybody uses, which
    pairs out of step give (a lost byte before a Latin letter leaves no byte over). In GB18030 two of a few
    characters, a distance of three apart, that UTF-8 read as GBK is full of. In Big5, whose pairs end in an ASCII
    letter as often as not and so fall into step again soon, one rare character and an ASCII letter before Han.
    """
    stray = "[\udc80-\udcff]"
    if name not in _LEGACY[:3]:
        return re.compile(stray)
    usual = _plane("gb2312", range(0xB0, 0xD8)) | _plane("big5", range(0xA4, 0xC7))
    han = "".join(sorted(character for character in usual if character >= "\u3400"))
    rare = f"[^\0-\u33ff\uff00-\uffef{han}]"
    several = f"{stray}|{rare}.{{0,2}}{rare}.{{0,2}}{rare}"
    if name != "gb18030":
        return re.compile(f"{several}|{rare}.{{0,3}}[@-~](?=[\u4e00-\u9fff])")
    pairs = (bytes((lead, trail)) for lead in range(0xE4, 0xEA) for trail in range(0x80, 0xC0))
    foreign = "[" + "".join(pair.decode("gb18030", "ignore") for pair in pairs) + "]"
    return re.compile(f"{several}|{foreign}..{foreign}")


def _plane(name: str, leads: range) -> set[str]:
    """The characters of some rows of a two-byte encoding."""
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    codes = (bytes((lead, trail)) for lead in leads for trail in trails)
    return {code.decode(name, "ignore")[:1] for code in codes}


def _read_troubled(data: bytes, name: str, others: tuple[str, ...], reading: _Reading, last: bool) -> None:
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
            kind = "truncated" if ends and last else "lost-half" if follower < 0x80 or name == "utf-8" else kind
        reading.lose(piece, kind)


def _may_begin(piece: bytes, name: str) -> bool:
    """Whether bytes are the beginning of a character that does not go on."""
    if name == "utf-8":
        return 0xC2 <= piece[0] <= 0xF4 and all(byte & 0xC0 == 0x80 for byte in piece[1:])
    return 0x81 <= piece[0] <= 0xFE and len(piece) == 1


def _read_wide(data: bytes, name: str, reading: _Reading) -> None:
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


def _read_wide_block(data: bytes, name: str, unit: int, reading: _Reading) -> None:
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


def _read_lines(data: bytes, name: str, reading: _Reading) -> None:
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


# ---- what else is noted: spellings to keep, and characters lost before


def _with_variants(decoded: Decoded, data: bytes) -> Decoded:
    """Note the places whose bytes differ from what the codec writes for the same text."""
    names = {decoded.encoding.removesuffix("-sig"), *(part.encoding for part in decoded.parts)}
    if names <= _ONE_SPELLING or encode(decoded) == data:
        return decoded
    if not any(map(_STATEFUL.search, names)):
        noted = replace(decoded, variants=tuple(_double_codes(decoded, data)))
    elif data.count(b"\n") == decoded.text.count("\n"):
        noted = replace(decoded, variants=tuple(_odd_lines(decoded, data)))
    else:
        noted = decoded
    if encode(noted) == data:
        return noted
    # Escape sequences across line ends: keep the bytes as a whole.
    return replace(decoded, variants=(Damage(len(decoded.bom), data[len(decoded.bom) :], 0, "variant", len(decoded.text)),))


def _double_codes(decoded: Decoded, data: bytes) -> Iterator[Damage]:
    """Characters with two codes, of which the file has the one the codec does not write; both are as long."""
    offset = len(decoded.bom)
    for piece in _written(decoded, decoded.text):
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


# 锟斤拷 is what GBK shows for two U+FFFD of UTF-8, so nothing can be known of what stood there. In quotation marks
# somebody writes about it; 锟 alone is a name (曹锟), and 烫烫 or 屯屯 are words.
_LOST = re.compile("(?P<zeros>\0+)|(?P<mark>\ufffd+)|(?<![“‘「『《\"'])(?P<text>(?:锟斤拷)+)")
_KINDS = {"zeros": "zero-bytes", "mark": "replacement-character", "text": "lost-text"}


def _with_losses(decoded: Decoded) -> Decoded:
    """Note what was lost before the file was written, and zero bytes; the text stays as it is.

    >>> decode("曹锟说：锟斤拷，“锟斤拷”是乱码。".encode()).damage
    (Damage(offset=12, data=b'\xe9\x94\x9f\xe6\x96\xa4\xe6\x8b\xb7', position=4, kind='lost-text', width=3),)
    """
    text = decoded.text
    if not ("\0" in text or "\ufffd" in text or "锟斤拷" in text):
        return decoded
    found = [(match.start(), match.end(), _KINDS[match.lastgroup or ""]) for match in _LOST.finditer(text)]
    damage = sorted((*decoded.damage, *_placed(decoded, found)), key=lambda place: place.offset)
    return replace(decoded, damage=tuple(damage))


def _placed(decoded: Decoded, found: list[tuple[int, int, str]]) -> Iterator[Damage]:
    """Stretches of the text as places in the file; not those that are there for bytes of no character."""
    offset, index = len(decoded.bom), 0
    for piece in _written(decoded, decoded.text):
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
