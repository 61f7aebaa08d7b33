"""TOML files people write: read, and the line in which something stands in them."""

import re
from pathlib import Path
from typing import Any

from cleaner.errors import CleanerError


class FileError(CleanerError):
    """A file that cannot be used; the message names the file and the line."""


def read(path: Path) -> dict[str, Any]:
    """The file's tables. Raises :class:`FileError`."""
    import tomllib  # not every run reads one

    try:
        return tomllib.loads(_text(path))
    except OSError as error:
        raise FileError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise FileError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        at = re.search(r" \(at line (\d+), column \d+\)", str(error))
        line = at[1] if at else _text(path).rstrip().count("\n") + 1  # it says: at the end
        raise FileError(f"{path}:{line}: {str(error).partition(' (at')[0].lower()}") from error


def line_of(path: Path, key: str, first: int = 1) -> int:
    """The line in which ``key`` is set or opens a table, from line ``first`` on; ``first`` if it is not found."""
    opens = re.compile(rf"""\s*(?:\[+\s*)?["']?{re.escape(key)}["']?\s*[=.\]]""")
    lines = _text(path).split("\n")
    return next((number for number, line in enumerate(lines[first - 1 :], first) if opens.match(line)), first)


def lines_of(path: Path, table: str) -> list[int]:
    """The lines of the ``[[table]]`` headings."""
    heading = re.compile(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]")
    return [number for number, line in enumerate(_text(path).split("\n"), 1) if heading.match(line)]


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")  # some editors put a BOM in front
