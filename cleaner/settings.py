"""``cleaner.toml``: defaults for the options, found from the working folder upward."""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

from cleaner.config import Newline, Paragraphs
from cleaner.toml_files import FileError, StrPath, line_of, read

NAME = "cleaner.toml"


def find(folder: str, home: str) -> str | None:
    """The nearest ``cleaner.toml`` in ``folder`` or above it; the search ends at ``home`` and at the root."""
    paths = (os.path.join(each, NAME) for each in _upward(folder, home))
    return next((path for path in paths if os.path.isfile(path)), None)


def _upward(folder: str, home: str) -> Iterator[str]:
    yield folder
    while folder not in (home, above := os.path.dirname(folder)):
        yield (folder := above)


def load(path: StrPath) -> Mapping[str, Any]:
    """The options a file sets, by name. Paths of rules are relative to the file.

    Raises :class:`cleaner.toml_files.FileError`, which names file and line, for a key or a value that means nothing.
    """
    settings = read(path)
    for key, value in settings.items():
        if key not in _KEYS:
            raise FileError(f"{path}:{line_of(path, key)}: unknown key {key}; known are {', '.join(_KEYS)}")
        holds, wanted = _KEYS[key]
        if not holds(value):
            raise FileError(f"{path}:{line_of(path, key)}: {key}: {wanted} is wanted")
    lists = {key: [value] if isinstance(value, str) else value for key, value in settings.items() if key in _LISTS}
    if "rules" in lists:
        from pathlib import Path  # slow to import

        lists["rules"] = [f"{Path(path).parent / each}" for each in lists["rules"]]
    return {**settings, **lists}


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_texts(value: object) -> bool:
    return _is_text(value) or (isinstance(value, list) and all(map(_is_text, value)))


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


def _is_percent(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100


_LISTS = ("skip", "only", "rules")
# What each key holds, and how a person is told so.
_KEYS: dict[str, tuple[Callable[[object], bool], str]] = {
    "encoding": (_is_text, "the name of an encoding"),
    "strict": (_is_truth, "true or false"),
    "newline": (get_args(Newline).__contains__, "one of " + ", ".join(get_args(Newline))),
    "paragraphs": (get_args(Paragraphs).__contains__, "one of " + ", ".join(get_args(Paragraphs))),
    "guard": (_is_percent, "a number of percent"),
    **dict.fromkeys(_LISTS, (_is_texts, "a text or a list of texts")),
}
