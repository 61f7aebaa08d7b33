"""What the commands share: text to standard output, talk to standard error, errors in one line."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from cleaner import files
from cleaner.errors import CleanerError
from cleaner.work import Outcome

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


def tell_more(lines: Iterable[str]) -> None:
    """Write what follows on such a line."""
    for line in lines:
        click.echo(line, err=True)


def colour() -> bool:
    """Whether standard output shows colours, and nobody asked for none (see no-color.org)."""
    return sys.stdout is not None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


@contextmanager
def failing(name: str) -> Iterator[None]:
    """Turn what can go wrong with the file ``name`` into one line that names it."""
    try:
        with files.naming(name):
            yield
    except CleanerError as error:
        raise Failure(str(error)) from error


def hint(name: str) -> None:
    """Say what is waited for, if that is somebody's typing."""
    if name == "-" and sys.stdin is not None and sys.stdin.isatty():
        tell("reading from the terminal; end with Ctrl-D, or see cleaner --help")


def read(name: str) -> bytes:
    """The bytes of a file; ``-`` is standard input."""
    hint(name)
    return files.read(name)


def show(outcome: Outcome, *, quiet: bool = False) -> None:
    """Print what came of a file: its text, if it is not in a file; what is to be said; what went wrong."""
    if not quiet:
        for note in outcome.notes:
            tell(note)
    if outcome.error:
        tell(outcome.error)
    if outcome.output:
        put(outcome.output)


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
