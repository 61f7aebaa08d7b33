"""TOML files: those that people write are read, and the line is told in which something stands in them.

Those that come with cleaner are Python modules of a kind: Python keeps what was parsed as it keeps bytecode.
"""

import os
import re
from functools import cache
from importlib.machinery import SourceFileLoader
from types import CodeType, ModuleType
from typing import Any

from cleaner.errors import CleanerError

StrPath = str | os.PathLike[str]
"""A path of whatever kind; pathlib itself takes 5 ms to import."""


class FileError(CleanerError):
    """A file that cannot be used; the message names the file and the line."""


def read(path: StrPath) -> dict[str, Any]:
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


class _Tables(SourceFileLoader):
    """Loads a TOML file as a module in which its tables are written as Python."""

    def source_to_code(self, data: Any, path: Any, *, _optimization: int = -1) -> CodeType:  # type: ignore[override]
        """What is kept of the file."""
        return compile(f"tables = {read(path)!r}", path, "exec", dont_inherit=True, optimize=_optimization)


@cache
def built_in(folder: str, name: str) -> dict[str, Any]:
    """The tables of a file that comes with cleaner, which nobody changes; to parse the packs would take 25 ms."""
    module = ModuleType(f"cleaner.{folder}.{name.removesuffix('.toml')}")
    _Tables(module.__name__, os.path.join(os.path.dirname(__file__), folder, name)).exec_module(module)
    tables: dict[str, Any] = module.tables
    return tables


def line_of(path: StrPath, key: str, first: int = 1) -> int:
    """The line in which ``key`` is set or opens a table, from line ``first`` on; ``first`` if it is not found."""
    opens = re.compile(rf"""\s*(?:\[+\s*)?["']?{re.escape(key)}["']?\s*[=.\]]""")
    lines = _text(path).split("\n")
    return next((number for number, line in enumerate(lines[first - 1 :], first) if opens.match(line)), first)


def lines_of(path: StrPath, table: str) -> list[int]:
    """The lines of the ``[[table]]`` headings."""
    heading = re.compile(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]")
    return [number for number, line in enumerate(_text(path).split("\n"), 1) if heading.match(line)]


def _text(path: StrPath) -> str:
    with open(path, "rb") as file:
        return file.read().decode("utf-8-sig").replace("\r\n", "\n")  # some editors put a BOM in front
