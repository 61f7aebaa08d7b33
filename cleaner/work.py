"""One file's work: read, clean, write. The same function in this process or in another."""

import os
from collections.abc import Iterator
from typing import Literal, NamedTuple

from cleaner import files
from cleaner.config import DEFAULT, Config, Field
from cleaner.decode import decode
from cleaner.errors import CleanerError
from cleaner.pipeline import Result, clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cleaner.report import Facts

View = Literal["text", "names", "diff"]
"""What is made of a file: its text; its name, if the text would change; or what would change. Only the first is
ever written to a file."""

Status = Literal["cleaned", "same", "skipped", "failed"]
"""``same``: the text is what it was, so in place nothing is written. ``skipped``: done in an earlier run."""


class Task(NamedTuple):
    """One file to be cleaned."""

    name: str
    """As the user wrote it; ``-`` is standard input."""
    target: str | None = None
    """Where the text goes; None to have it handed back."""
    in_place: bool = False
    """Whether the text goes where it came from, which ``target`` says as well. Anywhere else that is an accident."""


class Order(NamedTuple):
    """What is wanted, the same for every task."""

    config: Config = DEFAULT
    decode_only: bool = False
    """Whether the text is decoded and not cleaned."""
    backup: str | None = None
    """The suffix under which the original is kept when a file is cleaned in place."""
    view: View = "text"
    colour: bool = False
    """Whether a diff is for a terminal."""
    facts: bool = False
    """Whether the facts for a report are wanted."""
    audit: str | None = None
    """The file to which everything is added that brings the original back."""
    field: Field | None = None
    """The field that holds the text, if the files are JSON Lines."""


class Outcome(NamedTuple):
    """What came of a task. It is sent from process to process, so it holds no more than somebody asked for."""

    name: str
    status: Status
    output: bytes = b""
    """What goes to standard output."""
    notes: tuple[str, ...] = ()
    """Lines for standard error: what happened that a person may want to know."""
    error: str = ""
    """One line that names the file and says what is wrong; if not ``failed``, with some of its lines."""
    evidence: tuple[int, ...] = ()
    """What :func:`evidence` says of the task when it is done."""
    facts: "Facts | None" = None
    """For a report, if one is wanted."""


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
    label = files.shown(task.name)
    with files.naming(task.name):
        before = files.stamp(task.name) if task.target and task.name != "-" else None
        data = files.read(task.name)
        result = _result(data, order)
    output = result.text.encode()
    status: Status = "same" if output == data else "cleaned"
    outcome = Outcome(task.name, status, notes=tuple(_notes(label, result)), facts=_facts(label, data, result, order))
    if order.view != "text":
        return outcome._replace(output=_viewed(task.name, label, result, order) if status == "cleaned" else b"")
    if order.audit is not None:
        _note(order.audit, task, data, result)  # before the text is written: a run may be killed in between
    if task.target is None:
        return outcome._replace(output=output)
    if not task.in_place:
        with files.naming(task.target):
            files.write(task.target, output, task.name)
    elif before is not None and status == "cleaned":
        with files.naming(task.name):
            files.replace(task.name, output, files.Replacing(before, order.backup))
    return outcome._replace(evidence=evidence(task, before))


def _result(data: bytes, order: Order) -> Result:
    if not order.decode_only:
        return clean(data, order.config)
    decoded = decode(data, order.config.encoding, strict=order.config.strict)
    return Result(decoded.text, decoded.text, (), (), decoded)


def _notes(label: str, result: Result) -> Iterator[str]:
    """What is to be said of how a text came about."""
    for warning in result.warnings:
        yield f"{label}: {warning}"
    if result.guarded:
        yield f"{label}: left as it is: {result.guarded}; if that is right, --guard 0"
    if result.decoded and result.decoded.damage:
        first, count = result.decoded.damage[0], len(result.decoded.damage)
        places = "one damaged place" if count == 1 else f"{count} damaged places, the first"
        yield f"{label}: {places} at byte {first.offset} ({first.kind}); see cleaner detect --json"


# The modules for looking closely are imported where they are needed: most runs need none of them.


def _facts(label: str, data: bytes, result: Result, order: Order) -> "Facts | None":
    if not order.facts:
        return None
    from cleaner import report

    return report.facts(label, data, result)


def _viewed(name: str, label: str, result: Result, order: Order) -> bytes:
    if order.view == "names":
        return os.fsencode(name) + b"\n"
    from cleaner.diff import diff

    return "".join(f"{line}\n" for line in diff(result, label, colour=order.colour)).encode()


def _note(audit: str, task: Task, data: bytes, result: Result) -> None:
    from cleaner.audit import lines

    written = None if task.in_place else task.target
    with files.naming(audit):
        files.append(audit, "".join(lines(task.name, data, result, written)).encode())


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
