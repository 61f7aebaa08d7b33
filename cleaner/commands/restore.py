"""``cleaner restore``: the originals of cleaned files, byte for byte."""

import os
import sys

import click

from cleaner import audit, console, files, options
from cleaner.batch import Places
from cleaner.errors import CleanerError
from cleaner.inputs import TEXTS, Inputs, find
from cleaner.work import Task


@click.command("restore", context_settings=console.CONTEXT)
@click.argument("cleaned", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "--audit",
    "book",
    metavar="FILE",
    required=True,
    type=click.Path(),
    help="What was written with --audit when the files were cleaned.",
)
@click.option(
    "-o", "--output", metavar="PATH", type=click.Path(), help="Write the original to the file PATH; many, into PATH."
)
@click.option("-i", "--in-place", is_flag=True, help="Write the originals over the cleaned files.")
@options.of_folders
@click.option("--name", help="What the original was called, if several files became this text.")
def command(
    cleaned: tuple[str, ...], book: str, output: str | None, in_place: bool, globs: tuple[str, ...], name: str | None
) -> None:
    """Give back the originals of CLEANED files, or of folders of them, byte for byte.

    Their encodings, byte order marks, line ends and damaged bytes are what they were. A file that was altered since
    it was cleaned is refused. One original goes to standard output if neither -o nor -i is given.

    \b
    Exit codes: 0 done, 2 a file could not be restored, and is what it was; the others are restored all the same.
    """
    many = len(cleaned) > 1 or os.path.isdir(cleaned[0])
    if in_place and (output is not None or "-" in cleaned):
        raise click.UsageError("-i writes over the CLEANED files themselves; leave -o away, and name files.")
    if many and name is not None:
        raise click.UsageError("--name is of one file; restore it by itself.")
    if many and not in_place and output in (None, "-"):
        raise click.UsageError("several files do not go to standard output; give -o FOLDER, or -i.")
    failed = 0
    with console.failing(book), files.reading(book) as file:
        index = audit.Index(file)
        names = _found(cleaned, globs or TEXTS) if many else Inputs(cleaned)
        places = Places(names, None if in_place else output) if many else None
        for each in names.names:
            try:
                target = _place(places, each) if places else each if in_place else output
                _restore(index, Task(each, None if target == "-" else target, in_place), name or each)
            except CleanerError as error:
                console.tell(str(error))
                failed += 1
    for trouble in names.troubles:
        console.tell(trouble)
    sys.exit(2 if failed or names.troubles else 0)


def _found(names: tuple[str, ...], globs: tuple[str, ...]) -> Inputs:
    inputs = find(names, globs)
    if not (inputs.names or inputs.troubles):
        word = f"{files.shown(names[0])}: no file matches {' or '.join(globs)}; choose with --glob"
        raise console.Failure(word)
    return inputs


def _place(places: Places, name: str) -> str:
    with files.naming(name):
        return places.of(name)


def _restore(index: audit.Index, task: Task, name: str) -> None:
    """Restore one file; ``name`` is what it is looked for under. Raises :class:`cleaner.CleanerError`."""
    with files.naming(task.name):
        before = files.stamp(task.name) if task.in_place else None
        cleaned = console.read(task.name)
        record = index.find(cleaned, name)
        original = audit.restore(record, cleaned)
        if before is not None:
            files.replace(task.name, original, files.Replacing(before))
    if suffix := files.compression(record.name):
        console.tell(f"{files.shown(record.name)} was compressed ({suffix}); its text is restored, byte for byte")
    if task.in_place:
        return
    if task.target is None:
        console.put(original)
        return
    with files.naming(task.target):
        files.write(task.target, original, task.name)
