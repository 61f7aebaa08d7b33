"""The names of encodings, and the kinds of file that are no text in any of them."""

import codecs
import re

from cleaner.errors import CleanerError

BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

LEGACY = ("gb18030", "cp950", "big5hkscs", "cp932", "euc_jp", "cp949")
"""The encodings of East Asia with one byte or two a character (GB18030 also four)."""
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")

# What people say, and the codec that reads all of it. Files called GB2312 hold GBK characters as a rule,
# those called Shift_JIS and EUC-KR the additions of Windows. (Big5 is left open: see decode.)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}
_OWN_NAMES = {"gb18030": "gb18030", "cp936": "gb18030", "cp950": "cp950", "ansi": "gb18030"}
# Not ways to store text: names of hosts, source code escapes, and a codec that always fails.
_NO_TEXT = {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"}


class DecodeError(CleanerError):
    """Bytes that are not text, an encoding nobody knows, or damage where none is allowed."""


def canonical(name: str) -> str:
    """The codec to use for an encoding as people call it; raises :class:`DecodeError` with near names.

    >>> canonical("GBK"), canonical("UTF8"), canonical("Big5-HKSCS"), canonical("latin1")
    ('gb18030', 'utf-8', 'big5hkscs', 'iso8859-1')
    >>> canonical("gb1803")
    Traceback (most recent call last):
    cleaner.encodings.DecodeError: unknown encoding "gb1803"; near names: gb18030, gb2312-80, gb18030-2000
    """
    try:
        info = codecs.lookup(_OWN_NAMES.get(name.strip().lower(), name.strip()))
        if not info._is_text_encoding or info.name in _NO_TEXT:
            raise LookupError
    except (LookupError, ValueError):  # ValueError: a null character in the name
        near = near_names(name)
        advice = "near names: " + ", ".join(near) if near else "common ones: utf-8, gb18030, big5, utf-16, cp1252"
        raise DecodeError(f'unknown encoding "{name}"; {advice}') from None
    return _WIDER.get(info.name, info.name)


def near_names(name: str) -> list[str]:
    """At most three encoding names that look like this one, best first.

    >>> near_names("utf-88")[0], near_names("bog5")[0], near_names("中文")
    ('utf-8', 'big5', [])
    """
    import difflib  # here, because only a wrong name needs them
    from encodings.aliases import aliases

    known = {alias.replace("_", "-") for pair in aliases.items() for alias in pair if pair[1] not in _NO_TEXT}
    known -= {
        alias for alias in known if alias.removesuffix("-codec") in ("base64", "bz2", "hex", "zlib", "uu", "rot13")
    }
    return difflib.get_close_matches(name.strip().lower().replace("_", "-"), sorted(known), 3, 0.6)


# First bytes, what such a file is, and what to do. Each is one no text begins with: "BM" or "MZ" would be.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office document (.doc, .xls, .ppt)",
        "save it as plain text",
    ),
    (b"%PDF-", "a PDF", "convert it with pdftotext"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
    (b"\x1f\x8b\x08", "a gzip archive", "unpack it with gunzip"),
    (b"BZh", "a bzip2 archive", "unpack it with bunzip2"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it with unxz"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it with unzstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it with 7z"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it with unrar"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", "read the text off it with an OCR program"),
    (b"\xff\xd8\xff", "a JPEG image", "read the text off it with an OCR program"),
    (b"GIF87a", "a GIF image", "read the text off it with an OCR program"),
    (b"GIF89a", "a GIF image", "read the text off it with an OCR program"),
    (b"II*\x00", "a TIFF image", "read the text off it with an OCR program"),
    (b"MM\x00*", "a TIFF image", "read the text off it with an OCR program"),
    (b"AT&TFORM", "a DjVu document", "convert it with djvutxt"),
    (b"ITSF\x03\x00\x00\x00", "a compiled help file (.chm)", "unpack it with 7z"),
    (b"SQLite format 3\x00", "an SQLite database", "export its text"),
    (b"\x7fELF", "a program (ELF)", "give a text file"),
    (b"MZ\x90\x00", "a Windows program", "give a text file"),
    (b"\xca\xfe\xba\xbe\x00", "a compiled Java class", "give a text file"),
    (b"OggS\x00", "a sound file (Ogg)", "give a text file"),
    (b"ID3\x03", "a sound file (MP3)", "give a text file"),
    (b"ID3\x04", "a sound file (MP3)", "give a text file"),
)
_ZIPS = (
    (b"word/", "a Word document (.docx)", "save it as plain text"),
    (b"xl/", "an Excel workbook (.xlsx)", "save it as CSV"),
    (b"ppt/", "a PowerPoint file (.pptx)", "save it as plain text"),
    (b"application/epub+zip", "an EPUB book", "convert it to text with an e-book program"),
    (b"application/vnd.oasis", "an OpenDocument file", "save it as plain text"),
)
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\b\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f") + b"\x7f"


def refuse_known_files(data: bytes) -> None:
    """Raise :class:`DecodeError` if the first bytes are those of a known kind of file that is no text.

    >>> refuse_known_files("PDF 和 %PDF- 都是正文。".encode())
    >>> refuse_known_files(b"%PDF-1.4\\n%\\xe2\\xe3")
    Traceback (most recent call last):
    cleaner.encodings.DecodeError: this is a PDF, not a text file: convert it with pdftotext first
    """
    for signature, what, advice in _SIGNATURES:
        # A bzip2 header goes on with a digit: "BZh" alone might begin a word.
        if data.startswith(signature) and (signature != b"BZh" or data[4:10] == b"1AY&SY"):
            _refuse(what, advice)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        # A document's own folder stands early in the archive, or in the list of names at its end.
        names = data[:8192] + data[-8192:]
        for mark, what, advice in _ZIPS:
            if mark in names:
                _refuse(what, advice)
        _refuse("a ZIP archive", "unpack it with unzip")
    if data[60:68] in (b"BOOKMOBI", b"TEXtREAd"):
        _refuse("a Mobipocket book (.mobi)", "convert it to text with an e-book program")
    if data.startswith(b"RIFF") and data[8:12] in (b"WAVE", b"AVI ", b"WEBP"):
        _refuse("a media file (RIFF)", "give a text file")
    if data[4:8] == b"ftyp" and data[:3] == b"\0\0\0":
        _refuse("a media file (MP4)", "give a text file")


def refuse_unknown_files(sample: bytes) -> None:
    """Raise :class:`DecodeError` if bytes in a one-byte-a-character encoding hold too many control codes.

    Text has hardly any; random or compressed bytes have 10 %, programs more. The line is drawn at 5 %,
    after long runs of zero bytes are set aside (a crash pads a log with them), and at no less than 8 of
    them, so that a short text with a few stray ones passes.

    >>> refuse_unknown_files("日志\\n".encode("gbk") + bytes(4096))
    >>> refuse_unknown_files(bytes(range(256)) * 4)
    Traceback (most recent call last):
    cleaner.encodings.DecodeError: no text file (too many control codes); if it is one, name its encoding
    """
    rest = re.sub(rb"\0{8,}", b"", sample)
    controls = len(rest) - len(rest.translate(None, _CONTROLS))
    if controls >= 8 and controls > 0.05 * len(rest):
        raise DecodeError("no text file (too many control codes); if it is one, name its encoding")


def _refuse(what: str, advice: str) -> None:
    before = "instead" if advice.startswith("give") else "first"
    raise DecodeError(f"this is {what}, not a text file: {advice} {before}")
