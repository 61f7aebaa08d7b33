"""``cleaner rules``: which rules there are, what one says, and what the user's own would do."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from cleaner import catalogue, console, files, options, reader_rules, rule_tests
from cleaner.cells import width
from cleaner.config import Config
from cleaner.diff import visible
from cleaner.pipeline import clean
from cleaner.rules import OWN, Rule, own


@click.group("rules", context_settings=console.CONTEXT, short_help="List the rules, test and import your own.")
def command() -> None:
    """Say which rules there are, and try out rules of your own.

    A pack of your own is a TOML file:

    \b
      [[rule]]
      name = "my-site"
      phrases = ["the words of an ad, as they stand"]
      removes = ["a text the rule must change"]
      keeps = ["one that looks like it and must stay"]

    Instead of phrases it may have a pattern, a regular expression in which ^ and $ are the borders of a line. With
    replacement = "..." what is found is replaced; with whole = "sentence" or "line" more goes than what is found.
    """


# ---------------------------------------------------------------- list


@command.command("list", short_help="List all stages and rules.")
@options.packs
def list_(rules: tuple[str, ...]) -> None:
    """List the stages in their order and every rule: its name, stage and reason, and where it comes from.

    Names of both kinds are what --skip and --only take.
    """
    every = catalogue.rules(rules)
    rows = [("stage", "rule", "from", "reason")]
    for stage in catalogue.stages():
        rows += [(stage, rule.name, _origin(rule), rule.reason) for rule in every if rule.stage == stage]
        if stage == OWN and not rules:
            rows.append((stage, "-", "--rules FILE", "rules of your own"))
    widths = [max(width(row[column]) for row in rows) for column in range(3)]
    lines = []
    for row in rows:
        cells = [text + " " * (wide - width(text)) for text, wide in zip(row, widths, strict=False)]
        lines.append("  ".join((*cells, row[3])))
    _put(lines)


def _put(lines: Iterable[str]) -> None:
    console.put("".join(f"{line}\n" for line in lines).encode())


def _origin(rule: Rule) -> str:
    return f"{rule.file}:{rule.line}" if rule.stage == OWN else Path(rule.file).stem


# ---------------------------------------------------------------- show


@command.command("show", short_help="Say all about one rule.")
@click.argument("name")
@options.packs
def show(name: str, rules: tuple[str, ...]) -> None:
    """Say all about the rule NAME: what it looks for and why, with its examples.

    \b
    Exit codes: 0 done, 2 no rule is called NAME.
    """
    with options.failing():
        catalogue.check([name], rules)
    found = [rule for rule in catalogue.rules(rules) if name in (rule.name, rule.stage)]
    if found[0].name != name:
        _put([f"{name} is a stage; its rules: {', '.join(rule.name for rule in found)}"])
        return
    described = [line for rule in found for line in _described(rule)]
    indent = "\n" + " " * 12
    _put(f"{key:12}{visible(value.rstrip()).replace(chr(10), indent)}" for key, value in described)


def _described(rule: Rule) -> list[tuple[str, str]]:
    said = [("rule", rule.name), ("stage", rule.stage), ("reason", rule.reason), ("from", _origin(rule))]
    if rule.kind:
        said.append(("evidence", f"{rule.kind}, weight {rule.weight}" if rule.weight else rule.kind))
    if rule.phrases:
        said += [("phrase", phrase) for phrase in rule.phrases]
    else:
        said.append(("pattern", rule.pattern.strip() or "none: it looks at the whole document"))
    if rule.replacement:
        said.append(("replacement", rule.replacement))
    if rule.stage == OWN:
        said.append(("whole", rule.whole))
    return [*said, *(("removes", text) for text in rule.removes), *(("keeps", text) for text in rule.keeps)]


# ---------------------------------------------------------------- test


@command.command("test", short_help="Try rules of your own on their examples and on files.")
@options.packs
@click.argument("names", metavar="[FILE]...", nargs=-1, type=click.Path(allow_dash=True))
@click.pass_context
def test(context: click.Context, names: tuple[str, ...], rules: tuple[str, ...]) -> None:
    """Try rules of your own on their examples, and say what they would do to each FILE; nothing is written.

    Examples are run by themselves, and repeated on a line of 20,000 characters, on which a pattern that tries too
    many ways never ends. In a FILE, [-this-] would go and {+this+} come.

    \b
    Exit codes: 0 all is well, 1 an example fails or a rule takes too long, 2 an error.
    """
    if not rules:
        raise click.UsageError("name a pack of your own: --rules FILE.")
    with options.failing():
        every = own(rules)
    verdicts = [rule_tests.examine(rule, rules) for rule in every]
    for verdict in verdicts:
        _tell(verdict)
    good = all(verdict.good for verdict in verdicts)
    found: Counter[str] = Counter()
    config = Config(rules=rules, guard=None)
    for name in names:
        with console.failing(name):
            result = clean(console.read(name), config)
        for place in rule_tests.places(result, frozenset(rule.name for rule in every)):
            click.echo(f"{files.shown(name)}:{place.line}: {place.rule}: {place.shown}")
            found[place.rule] += 1
        for warning in result.warnings:
            console.tell(f"{files.shown(name)}: {warning}")
            good = False
    for rule in every if names else ():
        click.echo(f"{rule.name}: {_counted(found[rule.name])}")
    context.exit(0 if good else 1)


def _tell(verdict: rule_tests.Verdict) -> None:
    rule = verdict.rule
    place = f"{rule.file}:{rule.line}: {rule.name}"
    if verdict.slow:
        click.echo(f"{place}: TAKES TOO LONG, would be switched off in a document with much like this:")
        click.echo(f"  {rule_tests.shorten(verdict.slow)}")
    elif verdict.failures:
        click.echo(f"{place}: FAILS")
        for failure in verdict.failures:
            click.echo(f"  {failure}")
    elif rule.removes or rule.keeps:
        click.echo(f"{place}: good; removes {len(rule.removes)}, keeps {len(rule.keeps)}")
    else:
        click.echo(f"{place}: no examples; write some under removes and keeps")


def _counted(count: int) -> str:
    return "found nowhere" if count == 0 else "1 place" if count == 1 else f"{count} places"


# ---------------------------------------------------------------- import


@command.command("import", short_help="Make a pack of the rules of a reading program.")
@click.argument("name", metavar="JSON", type=click.Path(allow_dash=True))
@click.option("-o", "--output", metavar="TOML", type=click.Path(), help="Write the pack to the file TOML.")
@click.option(
    "--scope", metavar="NAME", help="Take over what is limited to the book or source NAME, too, and for every text."
)
def import_(name: str, output: str | None, scope: str | None) -> None:
    """Make a pack of your own from the purification rules of a reading program (JSON).

    What cannot be taken over is told on standard error, with the reason.

    \b
    Exit codes: 0 done, 2 an error: the file holds no such rules.
    """
    with console.failing(name):
        taken, left = reader_rules.read(console.read(name), scope)
    for each in left:
        console.tell(f"{files.shown(name)}: {each}")
    console.tell(f"{files.shown(name)}: taken over: {len(taken)}, left out: {len(left)}")
    text = reader_rules.pack(taken).encode()
    if output in (None, "-"):
        console.put(text)
        return
    with console.failing(output):
        files.write(output, text, name)
