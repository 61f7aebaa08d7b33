"""One file's work: read, clean, write. The same function in this process or in another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cleaner import files
from cleaner.config import DEFAULT, Config
from cleaner.decode import Decoded, decode
from cleaner.errors import CleanerError
from cleaner.pipeline import clean

Status = Literal["cleaned", "same", "skipped", "failed"]
"""``same``: the text is what it was, so in place nothing is written. ``skipped``: done in an earlier run."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file to be cleaned."""

    name: str
    """As the user wrote it; ``-`` is standard input."""
    target: str | None = None
    """Where the text goes; None to have it handed back."""
    in_place: bool = False
    """Whether the text goes where it came from, which ``target`` says as well. Anywhere else that is an accident."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted, the same for every task."""

    config: Config = DEFAULT
    decode_only: bool = False
    """Whether the text is decoded and not cleaned."""
    backup: str | None = None
    """The suffix under which the original is kept when a file is cleaned in place."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task. It is sent from process to process, so it holds no more than somebody asked for."""

    name: str
    status: Status
    output: bytes = b""
    """What goes to standard output."""
    notes: tuple[str, ...] = ()
    """Lines for standard error: what happened that a person may want to know."""
    error: str = ""
    """One line that names the file and says what is wrong."""
    evidence: tuple[int, ...] = ()
    """What :func:`evidence` says of the task when it is done."""


def perform(task: Task, order: Order) -> Outcome:
    """Do one task. What is wrong with the file is told in the outcome; nothing is raised for it."""
    try:
        return _perform(task, order)
    except CleanerError as error:
        return failure(task.name, str(error))


def failure(name: str, error: str) -> Outcome:
    """The outcome of a task that could not be done; ``error`` names the file."""
    return Outcome(name, "failed", error=error)


def _perform(task: Task, order: Order) -> Outcome:
    with files.naming(task.name):
        before = files.stamp(task.name) if task.target and task.name != "-" else None
        data = files.read(task.name)
        text, notes = _cleaned(files.shown(task.name), data, order)
    output = text.encode()
    status: Status = "same" if output == data else "cleaned"
    if task.target is None:
        return Outcome(task.name, status, output, tuple(notes))
    if not task.in_place:
        with files.naming(task.target):
            files.write(task.target, output, task.name)
    elif status == "cleaned":
        with files.naming(task.name):
            files.replace(task.name, output, before, order.backup)
    return Outcome(task.name, status, notes=tuple(notes), evidence=evidence(task, before))


def _cleaned(label: str, data: bytes, order: Order) -> tuple[str, list[str]]:
    """The text, and what is to be said of how it came about."""
    if order.decode_only:
        decoded = decode(data, order.config.encoding, strict=order.config.strict)
        return decoded.text, list(_on_damage(label, decoded))
    result = clean(data, order.config)
    guarded = [f"{label}: left as it is: {result.guarded}; if that is right, --guard 0"] if result.guarded else []
    return result.text, guarded + list(_on_damage(label, result.decoded))


def _on_damage(label: str, decoded: Decoded | None) -> Iterator[str]:
    """Say that characters were damaged before we saw them."""
    if decoded and decoded.damage:
        first, count = decoded.damage[0], len(decoded.damage)
        places = "one damaged place" if count == 1 else f"{count} damaged places, the first"
        yield f"{label}: {places} at byte {first.offset} ({first.kind}); see cleaner detect --json"


def evidence(task: Task, before: files.Stamp | None = None) -> tuple[int, ...]:
    """What shows later that the task is done and nothing has changed since: sizes and times of its files.

    ``before`` is the state in which the source was read, now by default. Empty if a file is not there.
    """
    if task.target is None or task.name == "-":
        return ()
    try:
        written = files.stamp(task.target)
        source = written if task.in_place else before or files.stamp(task.name)
    except OSError:
        return ()
    return source.size, source.modified, written.size, written.modified
