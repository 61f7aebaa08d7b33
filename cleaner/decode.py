"""Bytes to text: which encoding a file is in, what in it is damaged, and the way back to the same bytes.

Nothing is lost: bytes that no reading explains show in the text as one U+FFFD a place, and are kept with
their place in ``damage``; text whose bytes are not those its codec would write is kept in ``variants``.
With both, :func:`encode` gives back the file, byte for byte.
"""

from cleaner.decoded import HOW_ASCII, HOW_UTF8, Damage, Decoded, Part, encode, with_losses, with_variants
from cleaner.encodings import BOMS, DecodeError, canonical, refuse_known_files
from cleaner.patterns import lazy_plain

__all__ = ["Damage", "DecodeError", "Decoded", "Part", "decode", "encode"]


def decode(data: bytes, encoding: str | None = None, *, strict: bool = False) -> Decoded:
    """The text of a file's bytes, read in ``encoding`` or in the one they are found to be in.

    Raises :class:`DecodeError` for a file that is no text and for an unknown encoding, with ``strict`` also
    for a damaged one.

    >>> decode("你好".encode("gbk"))
    Decoded(text='你好', encoding='gb18030', how='the most plausible text', damage=(), runner_up='cp950', \
parts=(), bom=b'')
    >>> decode("全员".encode("gbk")).text  # whose four bytes are valid UTF-8 too
    '全员'
    >>> decode(b"\\xc4\\xe3\\xff\\xba\\xc3").damage
    (Damage(offset=2, data=b'\\xff', position=1, kind='stray-byte', width=1),)
    """
    if encoding is not None:
        from cleaner.judgement import given  # slow to import, and most files are plain UTF-8

        refuse_known_files(data)
        decoded = given(data, canonical(encoding))
    elif (plain := _plain_utf8(data)) is not None:
        decoded = plain
    else:
        from cleaner.judgement import judge

        decoded = judge(data)
    decoded = with_variants(decoded, data)
    decoded = with_losses(decoded)
    if strict and decoded.damage:
        first, count = decoded.damage[0], len(decoded.damage)
        places = "one place" if count == 1 else f"{count} places, the first"
        raise DecodeError(
            f"damaged text: {places} at byte {first.offset} ({first.kind}); "
            "without --strict it is decoded and the damage reported"
        )
    return decoded


def _plain_utf8(data: bytes) -> Decoded | None:
    """The text, if it is UTF-8 beyond doubt: no mark, no zero byte, no escape sequence, and a Han character in it.

    >>> _plain_utf8("你好".encode()).how, _plain_utf8("é".encode())
    ('valid UTF-8', None)
    """
    if any(data.startswith(bom) for bom, _ in BOMS) or b"\0" in data:
        return None
    refuse_known_files(data)
    if data.isascii():
        return None if b"~{" in data or b"\x1b$" in data else Decoded(data.decode(), "utf-8", HOW_ASCII)
    # One Han character in UTF-8 (or one sign above U+0800) settles it, and in Chinese text it comes at once.
    if not _HAN.search(data):
        return None
    try:
        return Decoded(data.decode(), "utf-8", HOW_UTF8)
    except UnicodeDecodeError:
        return None


_HAN = lazy_plain(rb"[\xe0-\xf4]")
