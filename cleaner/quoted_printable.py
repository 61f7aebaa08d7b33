"""Quoted-printable: what is left of it in a mail whose transfer encoding was undone in part or not at all.

So encoded, a mail has no line of more than 76 characters (RFC 2045, section 6.7): one that goes on ends with "=", and
each byte beyond ASCII is written "=E6". Programs that show mail often undo the second and leave the first. Proof are
three lines or more that end with "=" and are as long as an encoder makes them. Other such lines are the keys of a
form or of settings, which are short; or code that goes on behind its equals sign, where a space stands before it.
"""

from typing import NamedTuple

from cleaner.patterns import lazy_plain

_LEAST = 3
# An encoder may stop before a character that takes twelve, and some keep to lines of 72.
_SHORTEST, _LONGEST = 60, 76
# The share of the lines with "=" at the end that are so long.
_MOST = 0.8

_SOFT = lazy_plain(r"=[ \t]*\r?\n(?=[ \t]*\S)")
_HEX = lazy_plain(r"=([0-9A-F]{2})")
# Bytes in UTF-8; and in the Chinese encodings, where the second of a pair may be a letter. A line may end in between.
_END = r"(?:=[ \t]*\r?\n)?"
_RUNS = {
    "utf-8": lazy_plain(rf"=[0-9A-F]{{2}}(?:{_END}=[0-9A-F]{{2}})*+"),
    "gb18030": lazy_plain(
        rf"=[89A-F][0-9A-F]{_END}(?:=[0-9A-F]{{2}}|[@-~])(?:{_END}=[89A-F][0-9A-F]{_END}(?:=[0-9A-F]{{2}}|[@-~]))*+"
        r"|=[0-7][0-9A-F]"
    ),
}


class Remain(NamedTuple):
    """Replace the characters ``start:end`` of a text by ``replacement``."""

    start: int
    end: int
    replacement: str


def remains(text: str) -> list[Remain]:
    """What an encoder put into ``text``, in order and apart; usually nothing.

    >>> mail = "信收到了，机器又=\\n拆了一遍，毛病不=\\n在电路，也不在轴=\\n承。\\n"
    >>> [mail[start:end] for start, end, _ in remains(mail)]
    ['=\\n', '=\\n', '=\\n']
    >>> remains("姓名=\\n年龄=\\n籍贯=\\n住址=\\n")    # the keys of a form
    []
    """
    soft = [found.span() for found in _SOFT.finditer(text)] if "=" in text else []
    if len(soft) < _LEAST or not _is_encoded(text, soft):
        return []
    written = _written(text)
    inside = {found.start() for run in written for found in _SOFT.finditer(text, run.start, run.end)}
    return sorted([*written, *(Remain(start, end, "") for start, end in soft if start not in inside)])


def _is_encoded(text: str, soft: list[tuple[int, int]]) -> bool:
    """Whether the lines that end with "=" are those of an encoder."""
    lines = [text[text.rfind("\n", 0, start) + 1 : start] for start, _ in soft]
    full = [line for line in lines if any(_SHORTEST <= _length(line, name) <= _LONGEST for name in _RUNS)]
    tight = sum(1 for line in full if not line[-1:].isspace())
    return len(full) >= max(_LEAST, _MOST * len(lines)) and 2 * tight > len(full)


def _length(line: str, encoding: str) -> int:
    """The characters of an encoded line, the "=" at its end among them, as far as ``line`` shows it decoded."""
    plain = sum(1 for character in line if " " <= character <= "~")
    equals = line.count("=") - len(_HEX.findall(line))
    wide = "".join(character for character in line if character > "~")
    return plain + 2 * equals + 3 * len(wide.encode(encoding, "replace")) + 1


def _written(text: str) -> list[Remain]:
    """The bytes that are still written out, as the text they are; none if they are no text.

    Where those beyond ASCII are not, the others are the author's: "a=20".
    """
    for encoding, runs in _RUNS.items():
        found = [Remain(*run.span(), _decoded(run[0], encoding)) for run in runs.finditer(text)]
        if not any("\ufffd" in each.replacement for each in found):
            return found if any(not each.replacement.isascii() for each in found) else []
    return []


def _decoded(run: str, encoding: str) -> str:
    from quopri import decodestring  # here, because hardly a text needs it

    return decodestring(run.encode()).decode(encoding, "replace").replace("\r\n", "\n")
