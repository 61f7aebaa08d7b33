"""JSON Lines: the text in one field of every line is cleaned, and nothing else of the line is touched."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BufferedReader
from typing import Self

from cleaner.config import Config, Field
from cleaner.errors import CleanerError
from cleaner.patterns import lazy_plain
from cleaner.pipeline import clean

# What one process is given at a time. Large against the cost of sending it, small against the memory there is; and
# the first lines are out after a moment even if there are hundreds of them in it.
_BLOCK = 1 << 13

_decode = json.JSONDecoder().raw_decode
_space = lazy_plain(r"[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole lines of a file; the first of them is line ``number``."""

    number: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A block with its texts cleaned."""

    data: bytes
    lines: int = 0
    changed: int = 0
    bad: int = 0
    troubles: tuple[str, ...] = ()
    """What is wrong with bad lines, each with its number; not more than a person reads."""
    stopped: bool = False
    """Whether there was a bad line and no line is to follow."""

    @classmethod
    def as_it_is(cls, block: Block, field: Field, why: str) -> Self:
        """A block that could not be cleaned at all."""
        lines = len(list(lines_of(block.data)))
        trouble = f"lines {block.number} to {block.number + lines - 1}: {why}"
        if field.bad_lines == "stop":
            return cls(b"", 0, 0, lines, (trouble,), stopped=True)
        return cls(block.data, lines, 0, lines, (trouble,))


TOLD = 10
"""So many bad lines are told one by one; they are counted all the same."""


def blocks(file: BufferedReader) -> Iterator[Block]:
    """A file in blocks of whole lines; what comes in slowly comes out as it comes."""
    number = 1
    begun: list[bytes] = []
    while data := file.read1(_BLOCK):
        whole, newline, rest = data.rpartition(b"\n")
        if newline:
            block = Block(number, b"".join([*begun, whole, newline]))
            number += block.data.count(b"\n")
            begun = []
            yield block
        if rest:
            begun.append(rest)
    if begun:
        yield Block(number, b"".join(begun))


def of_lines(lines: Iterable[bytes]) -> Iterator[Block]:
    """Lines, each with its line end, in blocks as large as those of a file."""
    number, size = 1, 0
    begun: list[bytes] = []
    for line in lines:
        begun.append(line)
        size += len(line)
        if size >= _BLOCK:
            yield Block(number, b"".join(begun))
            number, size, begun = number + len(begun), 0, []
    if begun:
        yield Block(number, b"".join(begun))


def clean_block(block: Block, field: Field, config: Config) -> Cleaned:
    """Clean the texts in a block.

    >>> block = Block(1, '{"id": 1.50, "text": "他说：\\u200b好。", "x": null}\\n'.encode())
    >>> clean_block(block, Field(), Config()).data.decode()
    '{"id": 1.50, "text": "他说：好。", "x": null}\\n'
    >>> clean_block(Block(7, b'{"id": 7}\\n'), Field(), Config())
    Cleaned(data=b'{"id": 7}\\n', lines=1, changed=0, bad=1, troubles=('line 7: has no field text',), stopped=False)
    """
    done = Cleaned(b"")
    parts: list[bytes] = []
    for number, line in enumerate(lines_of(block.data), block.number):
        trouble = ""
        try:
            cleaned = _clean_line(line, field.name, config)
        except CleanerError as error:
            trouble = str(error)
        except Exception as error:  # whatever it is, it is one line's trouble
            trouble = f"unexpected {type(error).__name__}: {error}"
        if trouble:
            told = (*done.troubles, f"line {number}: {trouble}") if len(done.troubles) < TOLD else done.troubles
            done = replace(done, bad=done.bad + 1, troubles=told, stopped=field.bad_lines == "stop")
            if done.stopped:
                break
            cleaned = line
        parts.append(cleaned)
        done = replace(done, lines=done.lines + 1, changed=done.changed + (cleaned != line))
    return replace(done, data=b"".join(parts))


def lines_of(data: bytes) -> Iterator[bytes]:
    """The lines of a block, each with its line end; a carriage return is white space in JSON."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        yield data[start:end]
        start = end


def _clean_line(line: bytes, field: str, config: Config) -> bytes:
    """Raises :class:`cleaner.CleanerError` if there is no text in the field."""
    if not line.strip():
        return line
    try:
        text = line.decode().removeprefix("\ufeff")  # of the file, before its first line
        record = json.loads(text)
    except ValueError as error:
        raise CleanerError(f"is not JSON in UTF-8 ({error})") from error
    path = _path(record, field)
    value = _value(record, path)
    if not isinstance(value, str):
        raise CleanerError(f"the field {field} is not a text")
    cleaned = clean(value, config).text
    if cleaned == value:
        return line
    start, end = _span(text, path)
    mark = line[: len(line) - len(text.encode())]
    return mark + f"{text[:start]}{_written(cleaned, text[start:end])}{text[end:]}".encode()


def _path(record: object, field: str) -> Sequence[str]:
    if isinstance(record, dict) and field in record:
        return [field]
    return field.split(".")


def _value(record: object, path: Sequence[str]) -> object:
    for name in path:
        if not isinstance(record, dict):
            raise CleanerError("is not an object")
        if name not in record:
            raise CleanerError(f"has no field {'.'.join(path)}")
        record = record[name]
    return record


def _span(text: str, path: Sequence[str]) -> tuple[int, int]:
    """Where in the JSON object ``text`` the value at ``path`` stands. The object is known to be whole and to have it.

    >>> text = '{"a": {"b": 1.0, "c": "x"}}'
    >>> start, end = _span(text, ["a", "c"])
    >>> text[start:end]
    '"x"'
    """
    start, end = 0, len(text)
    for name in path:  # of two members with one name the last counts, as for whoever reads JSON
        start, end = [(first, last) for member, first, last in _members(text, start) if member == name][-1]
    return start, end


def _members(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """The names of an object's members, and where their values begin and end."""
    position = _after_space(text, _after_space(text, start) + 1)
    while text[position] != "}":
        name, position = _decode(text, position)
        first = _after_space(text, _after_space(text, position) + 1)
        _, last = _decode(text, first)
        yield name, first, last
        position = _after_space(text, last)
        if text[position] == ",":
            position = _after_space(text, position + 1)


def _after_space(text: str, position: int) -> int:
    found = _space.match(text, position)
    return found.end() if found else position


def _written(text: str, before: str) -> str:
    """``text`` as JSON, with escapes if its place in the file ``before`` was nothing but ASCII."""
    written = json.dumps(text, ensure_ascii=before.isascii())
    try:
        written.encode()
    except UnicodeEncodeError:  # half a surrogate pair can only be escaped
        return json.dumps(text)
    return written
