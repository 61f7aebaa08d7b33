"""The likeliest reading of bytes that one encoding alone cannot read: damage, or two encodings mixed.

Every way to cut the bytes into characters of one encoding or another, with bytes left over, has a cost (see
plausibility); a dynamic programme finds the cheapest in time proportional to the length. So one lost byte,
which puts every following two-byte character out of step, costs one byte and not the rest of the line.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cleaner.plausibility import STRAY, Costs, chinese, cost, japanese, korean

SWITCH = 15.0
"""Cost of going over to another encoding. Two strays (28) must not turn into one character of another
encoding (15 + 5 to 13), there and back; two characters of an advertisement (15 + 12, against 4 rare ones)
must."""

_PREFIX = 16.0  # the first bytes of a UTF-8 character that was cut short: one accident, not one for each byte
_BLOCK = 1 << 16  # bytes looked at in one go, which bounds the memory; cuts are chosen _MARGIN before its end,
_MARGIN = 256  # where the later bytes no longer matter

_COSTS = {"cp932": japanese, "euc_jp": japanese, "cp949": korean}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes ``start:end`` read as ``encoding``, or as nothing when that is None."""

    start: int
    end: int
    encoding: str | None


def costs_for(encoding: str) -> Costs:
    """The costs of the language an encoding was made for."""
    return _COSTS.get(encoding, chinese)()


@dataclass(slots=True)
class _Reader:
    """One encoding, with the cost of each character met so far; None where the bytes are no character."""

    encoding: str
    known: dict[bytes, float | None] = field(default_factory=dict)

    def price(self, piece: bytes) -> float | None:
        if piece in self.known:
            return self.known[piece]
        try:
            price = cost(piece.decode(self.encoding), costs_for(self.encoding))
        except UnicodeDecodeError:
            price = None
        self.known[piece] = price
        return price

    def length(self, lead: int, second: int) -> int:
        """Bytes of the character that begins so, if it is one."""
        match self.encoding:
            case "utf-8":
                return 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
            case "gb18030":
                return 4 if 0x30 <= second <= 0x39 else 2
            case "euc_jp":
                return 3 if lead == 0x8F else 2
            case "cp932":
                return 1 if lead == 0x80 or 0xA0 <= lead <= 0xDF or lead >= 0xFD else 2
        return 2


def stretches(data: bytes, encodings: tuple[str, ...]) -> Iterator[Stretch]:
    """Cut bytes into stretches, each in one of the encodings or in none; the first encoding is expected.

    A lost byte costs its own character and puts nothing else out of step:

    >>> sound = "一个字节丢失".encode("gb18030")
    >>> [(s.start, s.end, s.encoding) for s in stretches(sound[:3] + sound[4:], ("gb18030",))]
    [(0, 2, 'gb18030'), (2, 3, None), (3, 11, 'gb18030')]
    """
    readers = [_Reader(encoding) for encoding in encodings]
    begin, last = 0, None
    for end, state, stray in _path(data, readers):
        kind = None if stray else encodings[state]
        if last is not None and kind != last[0]:
            yield Stretch(last[1], begin, last[0])
            last = None
        last = last or (kind, begin)
        begin = end
    if last is not None:
        yield Stretch(last[1], begin, last[0])


def least_cost(data: bytes, encoding: str) -> float:
    """The cost of the cheapest way to read a few kilobytes in an encoding, bytes left over included."""
    costs = costs_for(encoding)
    total = 0.0
    for stretch in stretches(data, (encoding,)):
        piece = data[stretch.start : stretch.end]
        total += cost(piece.decode(encoding), costs) if stretch.encoding else STRAY * len(piece)
    return total


def _path(data: bytes, readers: list[_Reader]) -> Iterator[tuple[int, int, bool]]:
    """The cheapest way through the bytes, character by character: (end, reader, left over?)."""
    start, state = 0, 0
    while start < len(data):
        steps = _cheapest(data[start : start + _BLOCK], readers, state)
        done = start
        for end, state, stray in steps:
            if end > _BLOCK - _MARGIN and start + _BLOCK < len(data):
                break
            yield start + end, state, stray
            done = start + end
        start = done


def _cheapest(data: bytes, readers: list[_Reader], first: int) -> list[tuple[int, int, bool]]:
    """The cheapest way through one block, entered in the state ``first``."""
    size, states = len(data), range(len(readers))
    best = [[float("inf")] * (size + 1) for _ in states]
    back = [[0] * (size + 1) for _ in states]  # where the step to here began, the state before it, left over or not
    for state in states:
        best[state][0] = 0.0 if state == first else SWITCH
    for at in range(size):
        origin = min(states, key=lambda state: best[state][at])
        switched = best[origin][at] + SWITCH
        if switched == float("inf"):
            continue  # inside a character of every reading
        for state, reader in enumerate(readers):
            here, before = best[state][at], state
            if switched < here:
                here, before = switched, origin
            for end, price, stray in _steps(data, at, reader):
                if here + price < best[state][end]:
                    best[state][end] = here + price
                    back[state][end] = at << 4 | before << 1 | stray
    return _trace(back, min(states, key=lambda state: best[state][size]), size)


def _steps(data: bytes, at: int, reader: _Reader) -> Iterator[tuple[int, float, bool]]:
    """The characters that may begin here, and the byte left over: (end, cost, left over?)."""
    lead = data[at]
    if lead < 0x80:
        yield at + 1, reader.price(data[at : at + 1]) or STRAY, False
        return
    end = at + reader.length(lead, data[at + 1] if at + 1 < len(data) else 0)
    price = reader.price(data[at:end]) if end <= len(data) else None
    if price is not None:
        yield end, price, False
    elif reader.encoding == "utf-8" and lead >= 0xC2:
        prefix = at + 1
        while prefix < min(end, len(data)) and data[prefix] & 0xC0 == 0x80:
            prefix += 1
        if prefix < end:
            yield prefix, _PREFIX, True
    yield at + 1, STRAY, True


def _trace(back: list[list[int]], state: int, at: int) -> list[tuple[int, int, bool]]:
    steps = []
    while at:
        step = back[state][at]
        steps.append((at, state, bool(step & 1)))
        at, state = step >> 4, step >> 1 & 7
    return steps[::-1]
