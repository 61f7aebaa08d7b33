"""``cleaner explain``: why a document, or a line of it, became what it did."""

import os

import click

from cleaner import console, files, options
from cleaner.config import Config
from cleaner.explain import explain


@click.command("explain", context_settings=console.CONTEXT)
@click.argument("place", metavar="FILE[:LINE]")
@options.cleaning
def command(place: str, config: Config) -> None:
    """Say what was decided on FILE, or on its line LINE, and why.

    A file is told with its layout and with every rule that did something; a line with its edits, with those that
    were not made, and with the evidence on its line end.

    \b
    Exit codes: 0 done, 2 an error.
    """
    name, _, number = place.rpartition(":")
    line = int(number) if name and number.isdecimal() and not os.path.exists(place) else None
    name = place if line is None else name
    with console.failing(name):
        told = [f"{each}\n" for each in explain(files.shown(name), console.read(name), line, config)]
    console.put("".join(told).encode())
