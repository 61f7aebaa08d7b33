"""What has a name: the stages and the rules, the user's own among them."""

from collections.abc import Iterable

from cleaner.errors import CleanerError
from cleaner.pipeline import STAGES
from cleaner.rules import Rule, every_builtin, own


class UnknownName(CleanerError):
    """A name that no stage and no rule has; the message offers the nearest."""


def stages() -> tuple[str, ...]:
    """The names of the stages, in the order in which each runs first.

    >>> stages()[:3]
    ('mojibake', 'characters', 'columns')
    """
    return tuple(dict.fromkeys(name for name, _ in STAGES))


def rules(packs: tuple[str, ...] = ()) -> tuple[Rule, ...]:
    """Every rule, in the order of the stages; in a stage as the packs have them.

    Raises :class:`cleaner.CleanerError` for a pack that cannot be used.
    """
    order = {name: place for place, name in enumerate(stages())}
    return tuple(sorted((*every_builtin(), *own(packs)), key=lambda rule: order[rule.stage]))


def check(names: Iterable[str], packs: tuple[str, ...] = ()) -> None:
    """Raise :class:`UnknownName` for the first of ``names`` that means nothing.

    >>> check(["pages", "soft-break"])
    >>> check(["pags"])
    Traceback (most recent call last):
        ...
    cleaner.catalogue.UnknownName: no stage or rule is called pags; did you mean pages? See cleaner rules list
    """
    known = {*stages(), *(rule.name for rule in rules(packs))}
    for name in names:
        if name not in known:
            import difflib  # slow to import, and people seldom mistype

            near = difflib.get_close_matches(name, sorted(known), 1, 0.5)
            offer = f"; did you mean {near[0]}?" if near else "."
            raise UnknownName(f"no stage or rule is called {name}{offer} See cleaner rules list")
