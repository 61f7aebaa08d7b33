"""Regular expressions compiled when they are first used: compiling is slow, and most texts need few of them."""

import re
from typing import Any, cast

import regex


class _Lazy:
    """Stands for a pattern; its methods are the pattern's own from their first use on."""

    def __init__(self, source: str, engine: Any) -> None:
        self._source = source
        self._engine = engine

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._engine.compile(self._source), name)
        self.__dict__[name] = method
        return method


def lazy(source: str) -> "regex.Pattern[str]":
    """A pattern of the regex module.

    >>> lazy(r"\\p{Han}+").findall("雨停了, ok")
    ['雨停了']
    """
    return cast("regex.Pattern[str]", _Lazy(source, regex))


def lazy_plain(source: str) -> re.Pattern[str]:
    """A pattern of the standard library, which is faster where it can do it.

    >>> bool(lazy_plain("a+").fullmatch("aaa"))
    True
    """
    return cast("re.Pattern[str]", _Lazy(source, re))
