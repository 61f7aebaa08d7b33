"""The audit: what a cleaning did to a file, as JSON Lines from which the original comes back byte for byte.

A record is one line about the file (checksums, encoding, byte order mark, damage: what :func:`cleaner.decode.encode`
needs) and a line for every edit, line ends among them. Records of many files follow one another.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import takewhile
from pathlib import PurePath
from typing import Any, BinaryIO

from cleaner.decode import Damage, Decoded, Part, encode
from cleaner.edits import Edit, apply
from cleaner.errors import CleanerError
from cleaner.patterns import lazy_plain
from cleaner.pipeline import Result


class RestoreError(CleanerError):
    """The audit and the cleaned file do not belong together, or the audit is damaged."""


# ---------------------------------------------------------------- writing

# What a reader of the file would not see, and halves of surrogate pairs (from file names that are no UTF-8).
_UNSEEN = lazy_plain("[\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ud800-\uf8ff\ufeff]")


def lines(name: str, data: bytes, result: Result, written: str | None = None) -> Iterator[str]:
    """The lines, each with its line end, that tell how ``data``, the bytes of the file ``name``, became ``result``.

    ``written`` is the file the text went to, if it went to another.

    >>> from cleaner.pipeline import clean
    >>> data = "他说：\\u200b好。\\n".encode("utf-16")
    >>> _, line = lines("a.txt", data, clean(data))
    >>> json.loads(line)
    {'start': 3, 'removed': '\\u200b', 'inserted': '', 'rule': 'zero-width', 'reason': 'character without width'}
    """
    if result.decoded is None:
        raise ValueError("an audit is of bytes, and this result is of a text")
    decoded = result.decoded
    yield _line(
        {
            "file": name,
            "written": written,
            "sha256": _checksum(data),
            "bytes": len(data),
            "cleaned_sha256": _checksum(result.text.encode()),
            "encoding": decoded.encoding,
            "how": decoded.how,
            "bom": decoded.bom.hex(),
            "damage": [_place(place) for place in decoded.damage],
            "variants": [_place(place) for place in decoded.variants],
            "parts": [asdict(part) for part in decoded.parts],
            "edits": len(result.edits),
        }
    )
    for edit in result.edits:
        yield _line(
            {
                "start": edit.start,
                "removed": result.source[edit.start : edit.end],
                "inserted": edit.replacement,
                "rule": edit.rule,
                "reason": edit.reason,
            }
        )


def _line(value: dict[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSEEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"


def _checksum(data: bytes) -> str:
    return sha256(data).hexdigest()


def _place(place: Damage) -> dict[str, object]:
    return {
        "offset": place.offset,
        "bytes": place.data.hex(),
        "position": place.position,
        "kind": place.kind,
        "width": place.width,
    }


# ---------------------------------------------------------------- restoring


@dataclass(frozen=True, slots=True)
class Record:
    """What an audit says of one file."""

    name: str
    """The file the bytes came from."""
    checksum: str
    """SHA-256 of its bytes."""
    decoded: Decoded
    """How the bytes were read, without their text."""
    edits: tuple[Edit, ...]
    """They turn the cleaned text back into the source."""


def find(audit: Iterable[bytes], cleaned: bytes, name: str) -> Record:
    """The record of ``cleaned``, the bytes of the file ``name``, among the lines of an ``audit``.

    If this file was cleaned more than once, the latest. Raises :class:`RestoreError` if there is none, if it is not
    whole, and if several files that differed became this text and none of them has this name.
    """
    checksum = _checksum(cleaned)
    fitting: dict[str, tuple[_Header, list[bytes]]] = {}  # by what the file was before
    known = torn = False
    for header, edits in _records(audit, checksum):
        known = known or _likeness(header, name) > 0
        if header["cleaned_sha256"] == checksum:
            whole = len(edits) == header["edits"]
            torn = torn or not whole
            if whole:
                fitting.pop(header["sha256"], None)
                fitting[header["sha256"]] = header, edits
    if not fitting:
        raise RestoreError(_TORN if torn else _ALTERED if known else _UNKNOWN)
    likeness = max(_likeness(header, name) for header, _ in fitting.values())
    likeliest = [(header, edits) for header, edits in fitting.values() if _likeness(header, name) == likeness]
    if len(likeliest) > 1:  # this file may have been cleaned once more, which changed nothing
        likeliest = [(header, edits) for header, edits in likeliest if header["sha256"] != checksum]
    if len(likeliest) > 1 and likeness < _SAME:
        names = ", ".join(header["file"] for header, _ in likeliest)
        raise RestoreError(f"several files became this text: {names}; say which with --name")
    return _record(*likeliest[-1])


class Index:
    """An audit read once, to restore many files from it: where the records of each cleaned text begin."""

    def __init__(self, file: BinaryIO) -> None:
        """``file`` can be read again from any place, and stays open."""
        self._file = file
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        self._names: set[str] = set()
        offset = 0
        for line in file:
            if line.startswith(_HEAD) and (header := _header(line)):
                self._places[header["cleaned_sha256"]].append(offset)
                self._names.update(name for name in (header["file"], header["written"]) if name)
            offset += len(line)

    def find(self, cleaned: bytes, name: str) -> Record:
        """The same as :func:`find`."""
        places = self._places.get(_checksum(cleaned), [])
        if not places and name in self._names:
            raise RestoreError(_ALTERED)
        return find(self._lines(places), cleaned, name)

    def _lines(self, places: Iterable[int]) -> Iterator[bytes]:
        for place in places:
            self._file.seek(place)
            yield self._file.readline()
            yield from takewhile(lambda line: not line.startswith(_HEAD), self._file)


_DAMAGED = "the audit is damaged in the record of this file, and would not restore the original"
_TORN = "the audit breaks off inside the record of this file"
_ALTERED = "was altered since it was cleaned; only the text that was written can be restored"
_UNKNOWN = "the audit has no record of this file; name the audit that was written when it was cleaned"

_Header = dict[str, Any]
_SAME = 2


def _likeness(header: _Header, name: str) -> int:
    """Whether a record is of the file ``name``, or of one that is only called so in another folder."""
    names = [known for known in (header["file"], header["written"]) if known]
    if name in names:
        return _SAME
    return int(PurePath(name).name in [PurePath(known).name for known in names])


def _records(audit: Iterable[bytes], checksum: str) -> Iterator[tuple[_Header, list[bytes]]]:
    """The header of every record; the lines of its edits only if the cleaned text has this ``checksum``.

    A header that is not whole is passed over: a run may have been killed while it wrote.
    """
    header: _Header | None = None
    edits: list[bytes] = []
    for line in audit:
        if line.startswith(_HEAD):
            if header:
                yield header, edits
            header, edits = _header(line), []
        elif header and header["cleaned_sha256"] == checksum:
            edits.append(line)
    if header:
        yield header, edits


_HEAD = b'{"file":'
_KEYS = {"file", "written", "sha256", "cleaned_sha256", "edits"}


def _header(line: bytes) -> _Header | None:
    try:
        header = json.loads(line)
    except ValueError:
        return None
    return header if isinstance(header, dict) and header.keys() >= _KEYS else None


def _record(header: _Header, lines: Sequence[bytes]) -> Record:
    try:
        decoded = Decoded(
            "",
            header["encoding"],
            header["how"],
            tuple(map(_damage, header["damage"])),
            parts=tuple(Part(**part) for part in header["parts"]),
            bom=bytes.fromhex(header["bom"]),
            variants=tuple(map(_damage, header["variants"])),
        )
        return Record(header["file"], header["sha256"], decoded, tuple(_inverse(map(json.loads, lines))))
    except (KeyError, TypeError, ValueError):
        raise RestoreError(_DAMAGED) from None


def _damage(place: dict[str, Any]) -> Damage:
    return Damage(place["offset"], bytes.fromhex(place["bytes"]), place["position"], place["kind"], place["width"])


def _inverse(edits: Iterable[dict[str, Any]]) -> Iterator[Edit]:
    drift = 0
    for edit in edits:
        start = edit["start"] + drift
        removed, inserted = edit["removed"], edit["inserted"]
        yield Edit(start, start + len(inserted), removed, edit["rule"], edit["reason"])
        drift += len(inserted) - len(removed)


def restore(record: Record, cleaned: bytes) -> bytes:
    """The original bytes of a ``cleaned`` file; they are checked, and :class:`RestoreError` is raised for others.

    >>> from cleaner.pipeline import clean
    >>> data = "他说：\\u200b好。\\r\\n".encode("gb18030") + b"\\xff"
    >>> result = clean(data)
    >>> audit, cleaned = [line.encode() for line in lines("a.txt", data, result)], result.text.encode()
    >>> restore(find(audit, cleaned, "a.txt"), cleaned) == data
    True
    >>> find(audit, cleaned + b"!", "a.txt")
    Traceback (most recent call last):
        ...
    cleaner.audit.RestoreError: was altered since it was cleaned; only the text that was written can be restored
    """
    try:
        data = encode(record.decoded, apply(cleaned.decode(), record.edits))
    except (CleanerError, LookupError, TypeError) as error:
        raise RestoreError(_DAMAGED) from error
    if _checksum(data) != record.checksum:
        raise RestoreError(_DAMAGED)
    return data
