"""The characters stage alone: cases as data, and what holds for any text."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.config import DEFAULT
from cleaner.draft import Draft
from cleaner.edits import apply
from cleaner.stages import characters

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/characters.toml").read_text(encoding="utf-8"))["case"]


def run(source: str) -> str:
    return apply(source, sorted(characters.propose(Draft(source), DEFAULT)))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, str]) -> None:
    expect = case.get("expect", case["source"])
    assert run(case["source"]) == expect
    assert run(expect) == expect


@given(st.text(alphabet="正文，。 a1\n"))
def test_visible_text_is_left_alone(source: str) -> None:
    assert list(characters.propose(Draft(source), DEFAULT)) == []


@pytest.mark.parametrize("piece", ["\u200b", "\xa0", "a\xa0", "⾼高", "\u2028", "\xad\n", "\x00"])
def test_time_is_linear(piece: str) -> None:
    draft = Draft(piece * 100_000)
    started = time.perf_counter()
    for _ in characters.propose(draft, DEFAULT):
        pass
    assert time.perf_counter() - started < 5
