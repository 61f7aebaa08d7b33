"""The options of every command that cleans: defaults, then ``cleaner.toml``, then flags, as one value."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, get_args

import click

from cleaner import console
from cleaner.config import DEFAULT, Config, Newline, Paragraphs
from cleaner.errors import CleanerError


def cleaning(command: Callable[..., None]) -> Callable[..., None]:
    """Give ``command`` the options of cleaning; it gets them as one argument, ``config``."""

    @wraps(command)
    def run(
        *args: Any,
        encoding: str | None,
        strict: bool,
        newline: Newline,
        paragraphs: Paragraphs,
        rules: tuple[str, ...],
        skip: tuple[str, ...],
        only: tuple[str, ...],
        guard: float,
        **others: Any,
    ) -> None:
        config = Config(
            encoding,
            strict,
            newline,
            paragraphs,
            skip=_names(skip),
            only=_names(only),
            rules=rules,
            guard=guard or None,
        )
        _check(config)
        command(*args, config=config, **others)

    for option in reversed(_OPTIONS):
        run = option(run)
    return run


def packs(command: Callable[..., None]) -> Callable[..., None]:
    """Give ``command`` the option ``--rules``, whose default ``cleaner.toml`` may say."""
    return _RULES(_NO_CONFIG(command))


@contextmanager
def failing() -> Iterator[None]:
    """Turn what is wrong with a file of settings, whose message names it, into a line for the user."""
    try:
        yield
    except CleanerError as error:
        raise console.Failure(str(error)) from error


def _names(values: tuple[str, ...]) -> frozenset[str]:
    """Comma lists as names.

    >>> sorted(_names(("pages, ads", "promise")))
    ['ads', 'pages', 'promise']
    """
    return frozenset(name for value in values for part in value.split(",") if (name := part.strip()))


def _check(config: Config) -> None:
    """See that the rules can be used and the names mean something, before anything is read."""
    if config.rules or config.skip or config.only:
        from cleaner import catalogue, rules  # reads every pack, which most runs need not

        with failing():
            rules.own(config.rules)
            catalogue.check(sorted(config.skip | config.only), config.rules)


def _read_settings(context: click.Context, parameter: click.Parameter, unwanted: bool) -> None:
    """Make what ``cleaner.toml`` says the defaults of the options."""
    from cleaner import settings

    path = None if unwanted else settings.find(os.getcwd(), os.path.normpath(os.path.expanduser("~")))
    if path:
        with failing():
            context.default_map = dict(settings.load(path))


of_folders = click.option(
    "--glob",
    "globs",
    metavar="PATTERN",
    multiple=True,
    help="What is taken from a folder; may be given again.  [default: *.txt, also compressed]",
)
"""The option that says which files of a folder are meant."""
_RULES = click.option(
    "--rules",
    metavar="FILE",
    multiple=True,
    help="Take out what the rules of your own in FILE name, too; may be repeated. See cleaner rules.",
)
_NO_CONFIG = click.option(
    "--no-config",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_read_settings,
    help="Do without cleaner.toml, which is looked for in this folder and above and gives defaults for these "
    "options.",
)
_OPTIONS = (
    click.option("--encoding", metavar="NAME", help="Read FILE as NAME instead of finding its encoding out."),
    click.option("--strict", is_flag=True, help="Refuse a text with damaged characters."),
    click.option(
        "--newline",
        type=click.Choice(get_args(Newline)),
        default="lf",
        show_default=True,
        help="How lines end in the output; keep leaves them as they are.",
    ),
    click.option(
        "--paragraphs",
        type=click.Choice(get_args(Paragraphs)),
        default="lines",
        show_default=True,
        help="One paragraph a line, a blank line between paragraphs, or each with an indent.",
    ),
    _RULES,
    click.option(
        "--skip", metavar="NAMES", multiple=True, help="Switch off stages or rules, by name, with commas between."
    ),
    click.option(
        "--only", metavar="NAMES", multiple=True, help="Run only these stages or rules; the text is always decoded."
    ),
    click.option(
        "--guard",
        metavar="PERCENT",
        type=click.FloatRange(0, 100),
        default=DEFAULT.guard,
        show_default="30",
        help="Leave a document as it is that would lose more than PERCENT of its text beside what returns on every "
        "page; 0 for no such limit.",
    ),
    _NO_CONFIG,
)
