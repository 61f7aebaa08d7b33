"""The command line: parse, call, print; no cleaning logic."""

import errno
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, get_args

import click

from cleaner import __version__
from cleaner.config import Config, Newline, Paragraphs
from cleaner.decode import Decoded, decode
from cleaner.errors import CleanerError
from cleaner.pipeline import clean

_CONTEXT = {"help_option_names": ["-h", "--help"]}


class _CleanByDefault(click.Command):
    """A command whose first argument may be the name of another command; without one it cleans."""

    others: dict[str, click.Command]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {}

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        other = self.others.get(args[0]) if args else None
        if other is None:
            return super().make_context(info_name, args, parent, **extra)
        return other.make_context(f"{info_name} {other.name}", args[1:], parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        return super().invoke(ctx) if ctx.command is self else ctx.command.invoke(ctx)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.others:
            with formatter.section("Commands (a FILE of that name is ./NAME)"):
                formatter.write_dl([(name, other.get_short_help_str(90)) for name, other in self.others.items()])
        super().format_epilog(ctx, formatter)


class _Failure(click.ClickException):
    """One line on stderr and exit code 2: click's own 1 would read as "would change"."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"cleaner: {self.format_message()}", err=True)


@click.command("cleaner", cls=_CleanByDefault, context_settings=_CONTEXT)
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
@click.version_option(__version__, "--version", prog_name="cleaner", message="%(prog)s %(version)s")
def main(
    file: str,
    output: Path | None,
    encoding: str | None,
    strict: bool,
    decode_only: bool,
    newline: Newline,
    paragraphs: Paragraphs,
) -> None:
    """Give back the document inside a messy Chinese text FILE.

    Takes out page markers, running heads, advertisements and broken image tags, joins the lines that a printer or a
    converter broke, and writes the text as UTF-8 to standard output. FILE may be in any Chinese encoding; without
    one, or with -, standard input is read. A document that needs nothing comes back as it is.

    \b
    Exit codes: 0 done, 2 an error (one line on standard error says which).
    """
    with _failing(file):
        source = _read(file)
        decoded: Decoded | None
        if decode_only:
            decoded = decode(source, encoding, strict=strict)
            text = decoded.text
        else:
            config = Config(encoding=encoding, strict=strict, newline=newline, paragraphs=paragraphs)
            result = clean(source, config)
            decoded, text = result.decoded, result.text
    _tell_damage(file, decoded)
    data = text.encode()
    if output is None or output == Path("-"):
        _print(data)
        return
    with _failing(str(output)):
        _write(output, data, source=file)


@click.command("detect", context_settings=_CONTEXT)
@click.argument("files", nargs=-1, type=click.Path(allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with every damaged place.")
@click.pass_context
def detect(ctx: click.Context, files: tuple[str, ...], as_json: bool) -> None:
    """Say in which encoding each of FILES is, how that was found out, and what is damaged.

    Without FILES, standard input is read.

    \b
    Exit codes: 0 done, 2 a file could not be read as text; the others are reported all the same.
    """
    names = files or ("-",)
    width = max(len("file"), *(len(name) for name in names))
    if not as_json:
        click.echo(f"{'file':{width}}  {'encoding':12}  {'damaged':>7}  {'runner-up':12}  how")
    failed = False
    for name in names:
        try:
            with _failing(name):
                decoded = decode(_read(name))
        except _Failure as failure:
            failure.show()
            failed = True
            continue
        if as_json:
            click.echo(json.dumps(_described(name, decoded), ensure_ascii=False))
        else:
            found = f"{decoded.encoding:12}  {len(decoded.damage):7}  {decoded.runner_up or '-':12}  {decoded.how}"
            click.echo(f"{name:{width}}  {found}")
    if failed:
        ctx.exit(2)


def _tell_damage(name: str, decoded: Decoded | None) -> None:
    """Say on standard error that characters were damaged before we saw them."""
    if decoded and decoded.damage:
        first, count = decoded.damage[0], len(decoded.damage)
        places = "one damaged place" if count == 1 else f"{count} damaged places, the first"
        label = "standard input" if name == "-" else name
        click.echo(
            f"cleaner: {label}: {places} at byte {first.offset} ({first.kind}); see cleaner detect --json", err=True
        )


def _described(name: str, decoded: Decoded) -> dict[str, object]:
    return {
        "file": name,
        "encoding": decoded.encoding,
        "how": decoded.how,
        "runner_up": decoded.runner_up,
        "damage": [
            {"offset": place.offset, "bytes": place.data.hex(), "kind": place.kind, "position": place.position}
            for place in decoded.damage
        ],
        "parts": [
            {"start": part.start, "end": part.end, "encoding": part.encoding, "offset": part.offset}
            for part in decoded.parts
        ],
    }


main.others = {"detect": detect}


# ---------------------------------------------------------------- files in, bytes out


@contextmanager
def _failing(name: str) -> Iterator[None]:
    """Turn what can go wrong with the file ``name`` into one line that names it."""
    label = "standard input" if name == "-" else name
    try:
        yield
    except CleanerError as error:
        raise _Failure(f"{label}: {error}") from error
    except OSError as error:
        raise _Failure(f"{label}: {_explain(error)}") from error
    except MemoryError as error:
        raise _Failure(f"{label}: not enough memory; split the file and clean its parts") from error


_ADVICE = {
    errno.ENOENT: "no such file or folder; check the name, or pipe the text in",
    errno.EACCES: "permission denied; check who may read or write it",
    errno.EISDIR: "is a folder; name a file",
    errno.ENOSPC: "no space left on the device; nothing was written",
}


def _explain(error: OSError) -> str:
    return _ADVICE.get(error.errno or 0) or (error.strerror or str(error)).lower()


def _read(name: str) -> bytes:
    if name != "-":
        return Path(name).read_bytes()
    if sys.stdin.isatty():
        click.echo("cleaner: reading from the terminal; end with Ctrl-D, or see cleaner --help", err=True)
    return sys.stdin.buffer.read()


def _print(data: bytes) -> None:
    try:
        click.echo(data, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_quietly()
    except OSError as error:
        raise _Failure(f"standard output: {_explain(error)}") from error


def _leave_quietly() -> NoReturn:
    """The reader (``head``, say) has seen enough. Python would complain once more while it shuts down."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(0)


def _write(target: Path, data: bytes, source: str) -> None:
    """Write ``target`` in one step, so that it never holds half a text."""
    if target.exists() and not target.is_file():  # a device, a pipe; a folder fails here with a clear word
        target.write_bytes(data)
        return
    if source != "-" and target.exists() and target.samefile(source):
        raise CleanerError("is the input itself; give -o another name")
    place = target.resolve()  # through a symbolic link, not over it
    descriptor, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, place.stat().st_mode & 0o7777 if place.exists() else 0o666 & ~_umask())
        os.replace(name, place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
