"""The markup stage alone: cases as data, time linear in the length."""

import time
import tomllib
from pathlib import Path

import pytest

from cleaner.config import DEFAULT
from cleaner.draft import Draft
from cleaner.edits import apply
from cleaner.stages import markup

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/markup.toml").read_text(encoding="utf-8"))["case"]


def run(source: str) -> str:
    return apply(source, sorted(markup.propose(Draft(source), DEFAULT)))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, str]) -> None:
    expect = case.get("expect", case["source"])
    assert run(case["source"]) == expect
    assert run(expect) == expect


# Beginnings of what the rules look for, without the end that would let them stop.
PREFIXES = [
    "<image>data:",
    '<img src="',
    'alt="',
    "![image](",
    "data:image/png;base64,",
    "&amp;",
    "&lt;p ",
    "<!--",
    "[img]",
    "<p ",
    "<br>",
    "\\x汉",
    "x0d",
    "aB1",
    "`<",
]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_time_is_linear(prefix: str) -> None:
    draft = Draft(prefix * (200_000 // len(prefix)))
    started = time.perf_counter()
    for _ in markup.propose(draft, DEFAULT):
        pass
    assert time.perf_counter() - started < 10
