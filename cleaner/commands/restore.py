"""``cleaner restore``: the original of a cleaned file, byte for byte."""

import click

from cleaner import audit, console, files


@click.command("restore", context_settings=console.CONTEXT)
@click.argument("cleaned", type=click.Path(allow_dash=True))
@click.option(
    "--audit",
    "book",
    metavar="FILE",
    required=True,
    type=click.Path(),
    help="What was written with --audit when the file was cleaned.",
)
@click.option("-o", "--output", metavar="FILE", type=click.Path(), help="Write the original to FILE.")
@click.option("-i", "--in-place", is_flag=True, help="Write the original over CLEANED.")
@click.option("--name", help="What the original was called, if several files became this text.")
def command(cleaned: str, book: str, output: str | None, in_place: bool, name: str | None) -> None:
    """Give back the original of the file CLEANED, byte for byte.

    Its encoding, byte order mark, line ends and damaged bytes are what they were. A file that was altered since it
    was cleaned is refused. Without -o or -i the original goes to standard output.

    \b
    Exit codes: 0 done, 2 it could not be restored, and nothing was written.
    """
    if in_place and (output is not None or cleaned == "-"):
        raise click.UsageError("-i writes over the file CLEANED itself; leave -o away, and name a file.")
    with console.failing(cleaned):
        before = files.stamp(cleaned) if in_place else None
        text = console.read(cleaned)
    # What is wrong with the audit as a file is told of it, what does not fit of the cleaned file.
    with console.failing(book), files.reading(book) as lines, console.failing(cleaned):
        record = audit.find(lines, text, name or cleaned)
        original = audit.restore(record, text)
    if suffix := files.compression(record.name):
        console.tell(f"{files.shown(record.name)} was compressed ({suffix}); its text is restored, byte for byte")
    if before is not None:
        with console.failing(cleaned):
            files.replace(cleaned, original, files.Replacing(before))
    elif output in (None, "-"):
        console.put(original)
    else:
        with console.failing(output):
            files.write(output, original, cleaned)
