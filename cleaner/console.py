"""What the commands share: text to standard output, talk to standard error, errors in one line."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from cleaner import files
from cleaner.decode import Decoded
from cleaner.errors import CleanerError
from cleaner.guard import Guarded

CONTEXT = {"help_option_names": ["-h", "--help"]}


class Failure(click.ClickException):
    """One line on stderr and exit code 2: click's own 1 would read as "would change"."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Write the line to standard error."""
        tell(self.format_message())


def tell(message: str) -> None:
    """Write a line for people to standard error."""
    click.echo(f"cleaner: {message}", err=True)


def label(name: str) -> str:
    """What a person calls the file ``name``."""
    return "standard input" if name == "-" else name


@contextmanager
def failing(name: str) -> Iterator[None]:
    """Turn what can go wrong with the file ``name`` into one line that names it."""
    try:
        yield
    except CleanerError as error:
        raise Failure(f"{label(name)}: {error}") from error
    except OSError as error:
        raise Failure(f"{label(name)}: {files.explain(error)}") from error
    except MemoryError as error:
        raise Failure(f"{label(name)}: not enough memory; split the file and clean its parts") from error


def read(name: str) -> bytes:
    """The bytes of a file; ``-`` is standard input."""
    if name != "-":
        return Path(name).read_bytes()
    if sys.stdin.isatty():
        tell("reading from the terminal; end with Ctrl-D, or see cleaner --help")
    return sys.stdin.buffer.read()


def put(data: bytes) -> None:
    """Write ``data`` to standard output."""
    try:
        click.echo(data, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_quietly()
    except OSError as error:
        raise Failure(f"standard output: {files.explain(error)}") from error


def _leave_quietly() -> NoReturn:
    """The reader (``head``, say) has seen enough. Python would complain once more while it shuts down."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(0)


def tell_damage(name: str, decoded: Decoded | None) -> None:
    """Say on standard error that characters were damaged before we saw them."""
    if decoded and decoded.damage:
        first, count = decoded.damage[0], len(decoded.damage)
        places = "one damaged place" if count == 1 else f"{count} damaged places, the first"
        tell(f"{label(name)}: {places} at byte {first.offset} ({first.kind}); see cleaner detect --json")


def tell_guard(name: str, guarded: Guarded | None) -> None:
    """Say on standard error that the document was passed through unchanged."""
    if guarded:
        tell(f"{label(name)}: left as it is: {guarded}; if that is right, --guard 0")
