"""The command line: parse, call, print; no cleaning logic."""

import os
import sys
from importlib import import_module
from typing import Any, get_args

import click

from cleaner import console, options
from cleaner.config import BadLines, Config, Field
from cleaner.version import __version__
from cleaner.work import Order, Outcome, Task, View, perform

# Beside cleaning; each is imported when it is called, so that cleaning starts fast.
COMMANDS = ("detect", "explain", "restore", "rules")

# The help, in this order; an option that is not named here is told at the end.
OPTION_GROUPS = (
    ("What is read", ("globs", "files_from", "null", "encoding", "strict")),
    ("Where the text goes", ("output", "in_place", "backup")),
    ("What becomes of it", ("decode_only", "newline", "paragraphs", "rules", "skip", "only", "guard", "no_config")),
    ("Look before you trust", ("check", "diff", "report", "audit")),
    ("Much to do", ("jobs", "resume", "quiet")),
    ("JSON Lines", ("jsonl", "field", "bad_lines")),
)


class _CleanByDefault(click.Command):
    """A command whose first argument may be the name of another command; without one it cleans."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if not args or args[0] not in COMMANDS:
            return super().make_context(info_name, args, parent, **extra)
        return _command(args[0]).make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx) if ctx.command is self else ctx.command.invoke(ctx)
        except KeyboardInterrupt:  # click's own exit code, 1, would read as "would change"
            console.tell("interrupted")
            sys.exit(130)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        listed = {name for _, names in OPTION_GROUPS for name in names}
        every = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        rest = [each.name for each in every if each.name not in listed]
        for heading, names in (*OPTION_GROUPS, ("Other options", rest)):
            records = [each.get_help_record(ctx) for each in every if each.name in names]
            with formatter.section(heading):
                formatter.write_dl([record for record in records if record])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands (a FILE of that name is ./NAME)"):
            formatter.write_dl([(name, _command(name).get_short_help_str(90)) for name in COMMANDS])
        super().format_epilog(ctx, formatter)


def _command(name: str) -> click.Command:
    command: click.Command = import_module(f"cleaner.commands.{name}").command
    return command


@click.command("cleaner", cls=_CleanByDefault, context_settings=console.CONTEXT)
@click.argument("names", metavar="[FILE]...", nargs=-1, type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    type=click.Path(),
    help="Write the text to the file PATH; of several files, into the folder PATH, where the tree stays what it is.",
)
@click.option("-i", "--in-place", is_flag=True, help="Write the text over its FILE, if there is anything to clean.")
@click.option("--backup", metavar="SUFFIX", help="With -i, keep the original beside it, its name followed by SUFFIX.")
@options.of_folders
@click.option(
    "--files-from",
    metavar="LIST",
    type=click.Path(allow_dash=True),
    help="Clean the files named in LIST, one a line; - is standard input.",
)
@click.option("-0", "--null", is_flag=True, help="NUL characters part the names in LIST (find -print0).")
@click.option(
    "-j", "--jobs", metavar="N", type=click.IntRange(1), help="Work in N processes; one for each core by default."
)
@click.option(
    "--resume", is_flag=True, help="Pass over the files that an earlier run has done and nobody has changed since."
)
@click.option("--jsonl", is_flag=True, help="FILE is JSON Lines: clean a field of each line, nothing else.")
@click.option(
    "--field", metavar="NAME", default="text", show_default=True, help="The field with the text; a.b is b inside a."
)
@click.option(
    "--bad-lines",
    type=click.Choice(get_args(BadLines)),
    default="pass",
    show_default=True,
    help="A line without such a text is passed on as it is, or ends the work; told in both cases, and an error.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but what went wrong.")
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change; exit code 1 if any.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change, and why.")
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(),
    help="Write to FILE, as JSON, what became of every file; a summary goes to standard error.",
)
@click.option(
    "--audit",
    metavar="FILE",
    type=click.Path(),
    help="Add to FILE every edit and what else cleaner restore needs to bring the original back.",
)
@options.cleaning
@click.option("--decode-only", is_flag=True, help="Write the decoded text as UTF-8 and clean nothing.")
@click.version_option(__version__, "--version", prog_name="cleaner", message="%(prog)s %(version)s")
def main(
    names: tuple[str, ...],
    output: str | None,
    in_place: bool,
    backup: str | None,
    globs: tuple[str, ...],
    files_from: str | None,
    null: bool,
    jobs: int | None,
    resume: bool,
    jsonl: bool,
    field: str,
    bad_lines: BadLines,
    quiet: bool,
    check: bool,
    diff: bool,
    report: str | None,
    audit: str | None,
    config: Config,
    decode_only: bool,
) -> None:
    """Give back the document inside a messy Chinese text FILE.

    Takes out page markers, running heads, advertisements and broken image tags, joins the lines that a printer or a
    converter broke, and writes the text as UTF-8 to standard output. FILE may be in any Chinese encoding, and
    compressed if its name ends in .gz, .bz2 or .xz; without one, or with -, standard input is read. A document that
    needs nothing comes back as it is.

    Several FILEs, folders and lists of files are cleaned with -o or -i; one bad file does not stop the others.

    \b
    Exit codes: 0 done, 1 something would change (with --check), 2 an error
    (one line on standard error says which), 130 stopped with Ctrl-C.
    """
    if in_place and output is not None:
        raise click.UsageError("-i writes over the files themselves and -o elsewhere; give one of the two.")
    if backup is not None and (not in_place or not backup or "/" in backup):
        raise click.UsageError("--backup goes with -i and is the end of a name, such as .orig.")
    looks = check or diff
    if looks and (in_place or audit or output is not None):
        raise click.UsageError("--check and --diff write nothing; leave -o, -i and --audit away.")
    if jsonl and (looks or audit or report or decode_only):
        raise click.UsageError("--check, --diff, --report, --audit and --decode-only are for texts, not for --jsonl.")
    view: View = "diff" if diff else "names" if check else "text"
    lines = Field(field, bad_lines) if jsonl else None
    order = Order(config, decode_only, backup, view, diff and console.colour(), report is not None, audit, lines)
    if files_from is None and len(names) <= 1 and not any(os.path.isdir(path) for path in (*names, output or "")):
        task = _task(names[0] if names else "-", output, in_place)
        if jsonl:
            sys.exit(_clean_lines(task, order, jobs, quiet=quiet))
        sys.exit(_clean_one(task, order, report, check=check, quiet=quiet))
    if output in (None, "-") and not in_place and not looks:
        raise click.UsageError("several files do not go to standard output; give -o FOLDER, or -i to clean in place.")
    from cleaner import session  # slow to import

    wanted = session.Wanted(names, globs, files_from, null, output, jobs, resume, check, report)
    sys.exit(session.run(wanted, order, quiet=quiet))


def _task(name: str, output: str | None, in_place: bool) -> Task:
    if in_place and name == "-":
        raise click.UsageError("standard input cannot be cleaned in place; name a FILE.")
    return Task(name, name if in_place else None if output == "-" else output, in_place)


def _clean_lines(task: Task, order: Order, jobs: int | None, *, quiet: bool) -> int:
    from cleaner import session  # slow to import

    console.hint(task.name)
    return session.run_lines(task, order, jobs, quiet=quiet)


def _clean_one(task: Task, order: Order, report: str | None, *, check: bool, quiet: bool) -> int:
    console.hint(task.name)
    outcome = perform(task, order)
    console.show(outcome, quiet=quiet)
    if report is not None:
        _report(outcome, report, quiet=quiet)
    return 2 if outcome.error else int(check and outcome.status == "cleaned")


def _report(outcome: Outcome, report: str, *, quiet: bool) -> None:
    from cleaner.account import keeping  # slow to import

    with console.failing(report), keeping(report) as account:
        account.add(outcome)
    if not quiet:
        console.tell_more(account.summary.lines())
