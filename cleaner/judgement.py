"""Judgement: which encoding bytes are in, where that is not plain to see.

The order: a byte order mark; strict UTF-8; zero bytes that show UTF-16 or UTF-32; the escape sequences of HZ and
ISO 2022; then the readings as GB18030, Big5 and the others compared by how much they look like text (see
plausibility). Statistics over byte values are asked last, and only for alphabets.
"""

import re
from bisect import bisect

from cleaner.candidates import (
    alphabet_of,
    close_look,
    cost_of,
    holds,
    likeness,
    pasted,
    ranked,
    sample_of,
    which_big5,
)
from cleaner.decoded import (
    HOW_ASCII,
    HOW_BOM,
    HOW_DAMAGED,
    HOW_ESCAPES,
    HOW_GIVEN,
    HOW_LIKELY,
    HOW_MIXED,
    HOW_STATISTICS,
    HOW_UTF8,
    HOW_ZEROS,
    Decoded,
)
from cleaner.encodings import (
    BOMS,
    LEGACY,
    WIDE,
    refuse_known_files,
    refuse_unknown_files,
)
from cleaner.patterns import lazy_plain
from cleaner.plausibility import alphabetic, chinese, cost
from cleaner.reading import read
from cleaner.salvage import costs_for


def judge(data: bytes) -> Decoded:
    """The text of ``data`` in the encoding that explains it best; losses and spellings are noted by the caller.

    >>> judge("全员".encode("gbk")).text  # whose four bytes are valid UTF-8 too
    '全员'
    """
    return _marked(data) or _valid_utf8(data) or _judged(data)


# ---- the stages of judgement, in their order; each gives None when it has nothing to say


def _marked(data: bytes) -> Decoded | None:
    """What a byte order mark announces."""
    for bom, name in BOMS:
        if data.startswith(bom):
            if name in WIDE and not holds(data[len(bom) :][: 1 << 12], name):
                continue
            rest = data[len(bom) :]
            others = pasted(sample_of(rest)) if name == "utf-8-sig" else ()
            return read(rest, name.removesuffix("-sig"), len(bom), others).decoded(name, HOW_BOM, bom=bom)
    return None


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
    if not _THREE_BYTES.search(data) and _is_gbk_by_chance(data, text):
        return None
    return Decoded(text, "utf-8", HOW_UTF8)


_THREE_BYTES = lazy_plain(rb"[\xe0-\xf4]")


def _is_gbk_by_chance(data: bytes, text: str) -> bool:
    """Whether a few words that happen to be valid UTF-8 make much more sense as GB18030.

    Such words give two-byte characters of UTF-8, that is letters and marks of several alphabets in a row.
    Signs of Latin-1 prove UTF-8 (× and · would be 脳 and 路), and so does a letter alone.

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
        if not text.isascii() and likeness(text, costs_for({"iso2022_kr": "cp949"}.get(name, "cp932"))) < 11.5:
            return Decoded(text, name, HOW_ESCAPES)
    return None


def _judged(data: bytes) -> Decoded:
    """The reading that makes the best text, and what is left over."""
    sample = sample_of(data)
    ranking = ranked(sample, data)
    name = ranking[0][1]
    runner_up = next(other for _, other in ranking[1:] if not {name, other} <= {"cp950", "big5hkscs"})
    how = HOW_ZEROS if name in WIDE else HOW_LIKELY
    if name not in WIDE:
        refuse_unknown_files(sample)
        alphabet = alphabet_of(close_look(sample), name)
        if alphabet:
            name, runner_up, how = alphabet, name, HOW_STATISTICS
    name = which_big5(data, name)
    reading = read(data, name, 0, ("utf-8",) if name in LEGACY else pasted(sample) if name == "utf-8" else ())
    if name == "utf-8" and not reading.damage and not reading.parts:
        how = HOW_UTF8
    elif reading.parts:
        how = HOW_MIXED
    elif reading.damage:
        how = HOW_DAMAGED
    return reading.decoded(name, how, runner_up)


def given(data: bytes, name: str) -> Decoded:
    """The text in the encoding ``name``, which somebody named: a canonical one.

    >>> given("我".encode("big5"), "big5").text
    '我'
    """
    bom, found = next(((bom, found) for bom, found in BOMS if data.startswith(bom)), (b"", ""))
    if name in ("utf-8", "utf-8-sig"):
        name = "utf-8-sig" if found == "utf-8-sig" else "utf-8"
    elif name in ("utf-16", "utf-32"):
        bom, found = next(
            ((bom, found) for bom, found in BOMS if found.startswith(name) and data.startswith(bom)),
            (b"", ""),
        )
        orders = [f"{name}-le", f"{name}-be"]
        name = found or min(orders, key=lambda order: cost_of(data[: 1 << 14], order))
    elif name == "big5":
        name = which_big5(data, "cp950")
    if name != found:
        bom = b""
    return read(data[len(bom) :], name.removesuffix("-sig"), len(bom)).decoded(name, HOW_GIVEN, bom=bom)
