"""``cleaner detect``: in which encoding files are, and what is damaged in them."""

import json

import click

from cleaner import console
from cleaner.decode import Decoded, decode
from cleaner.files import shown


@click.command("detect", context_settings=console.CONTEXT)
@click.argument("files", nargs=-1, type=click.Path(allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with every damaged place.")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], as_json: bool) -> None:
    """Say in which encoding each of FILES is, how that was found out, and what is damaged.

    Without FILES, standard input is read.

    \b
    Exit codes: 0 done, 2 a file could not be read as text; the others are reported all the same.
    """
    names = files or ("-",)
    width = max(len("file"), *(len(_label(name)) for name in names))
    if not as_json:
        click.echo(f"{'file':{width}}  {'encoding':12}  {'damaged':>7}  {'runner-up':12}  how")
    failed = False
    for name in names:
        try:
            with console.failing(name):
                decoded = decode(console.read(name))
        except console.Failure as failure:
            failure.show()
            failed = True
            continue
        if as_json:
            click.echo(json.dumps(_described(name, decoded), ensure_ascii=False))
        else:
            found = f"{decoded.encoding:12}  {len(decoded.damage):7}  {decoded.runner_up or '-':12}  {decoded.how}"
            click.echo(f"{_label(name):{width}}  {found}")
    if failed:
        ctx.exit(2)


def _label(name: str) -> str:
    return name if name == "-" else shown(name)


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
