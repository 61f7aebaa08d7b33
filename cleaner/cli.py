"""The command line: parse, call, print; no cleaning logic."""

from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import click

from cleaner import __version__, console, files
from cleaner.config import DEFAULT, Config, Newline, Paragraphs
from cleaner.decode import Decoded, decode
from cleaner.pipeline import clean

# Beside cleaning; each is imported when it is called, so that cleaning starts fast.
COMMANDS = ("detect",)


class _CleanByDefault(click.Command):
    """A command whose first argument may be the name of another command; without one it cleans."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if not args or args[0] not in COMMANDS:
            return super().make_context(info_name, args, parent, **extra)
        return _command(args[0]).make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        return super().invoke(ctx) if ctx.command is self else ctx.command.invoke(ctx)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands (a FILE of that name is ./NAME)"):
            formatter.write_dl([(name, _command(name).get_short_help_str(90)) for name in COMMANDS])
        super().format_epilog(ctx, formatter)


def _command(name: str) -> click.Command:
    command: click.Command = import_module(f"cleaner.commands.{name}").command
    return command


@click.command("cleaner", cls=_CleanByDefault, context_settings=console.CONTEXT)
@click.argument("file", default="-", type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the text to FILE, all of it or nothing.",
)
@click.option("--encoding", metavar="NAME", help="Read FILE as NAME instead of finding its encoding out.")
@click.option("--strict", is_flag=True, help="Refuse a text with damaged characters.")
@click.option("--decode-only", is_flag=True, help="Write the decoded text as UTF-8 and clean nothing.")
@click.option(
    "--newline",
    type=click.Choice(get_args(Newline)),
    default="lf",
    show_default=True,
    help="How lines end in the output; keep leaves them as they are.",
)
@click.option(
    "--paragraphs",
    type=click.Choice(get_args(Paragraphs)),
    default="lines",
    show_default=True,
    help="One paragraph a line, a blank line between paragraphs, or each with an indent.",
)
@click.option(
    "--guard",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    default=DEFAULT.guard,
    show_default="30",
    help="Leave a document as it is that would lose more than PERCENT of its text beside what returns on every page; "
    "0 for no such limit.",
)
@click.version_option(__version__, "--version", prog_name="cleaner", message="%(prog)s %(version)s")
def main(
    file: str,
    output: Path | None,
    encoding: str | None,
    strict: bool,
    decode_only: bool,
    newline: Newline,
    paragraphs: Paragraphs,
    guard: float,
) -> None:
    """Give back the document inside a messy Chinese text FILE.

    Takes out page markers, running heads, advertisements and broken image tags, joins the lines that a printer or a
    converter broke, and writes the text as UTF-8 to standard output. FILE may be in any Chinese encoding; without
    one, or with -, standard input is read. A document that needs nothing comes back as it is.

    \b
    Exit codes: 0 done, 2 an error (one line on standard error says which).
    """
    with console.failing(file):
        source = console.read(file)
        decoded: Decoded | None
        if decode_only:
            decoded = decode(source, encoding, strict=strict)
            text = decoded.text
        else:
            config = Config(encoding, strict, newline, paragraphs, guard=guard or None)
            result = clean(source, config)
            console.tell_guard(file, result.guarded)
            decoded, text = result.decoded, result.text
    console.tell_damage(file, decoded)
    data = text.encode()
    if output is None or output == Path("-"):
        console.put(data)
        return
    with console.failing(str(output)):
        files.write(output, data, source=None if file == "-" else Path(file))
