"""The chrome stage: cases as data, time linear in the length."""

import time
import tomllib
from pathlib import Path

import pytest

from cleaner.config import DEFAULT
from cleaner.draft import Draft
from cleaner.edits import apply
from cleaner.stages import chrome

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/chrome.toml").read_text(encoding="utf-8"))


def fill(text: str) -> str:
    for name, sentence in CASES["sentences"].items():
        text = text.replace(f"{{{name}}}", sentence)
    return text


def run(source: str) -> str:
    return apply(source, sorted(chrome.propose(Draft(source), DEFAULT)))


@pytest.mark.parametrize("case", CASES["case"], ids=[case["name"] for case in CASES["case"]])
def test_case(case: dict[str, str]) -> None:
    source = fill(case["source"])
    expect = fill(case.get("expect", case["source"]))
    assert run(source) == expect
    assert run(expect) == expect


def test_crlf() -> None:
    source = "雨停了，柳树下没有人，没有船。\r\n收藏 3　　分享　　评论 18\r\n天亮了，对岸有人喊他的名字，他走了。\r\n"
    assert run(source) == "雨停了，柳树下没有人，没有船。\r\n天亮了，对岸有人喊他的名字，他走了。\r\n"


PIECES = ["收藏", "评论 12　", "点击", "首页 > ", "© ", "雨停了。展开", "展开▼雨", "12% ", "@某人 ", "|", "a.pdf "]


@pytest.mark.parametrize("end", ["", "\n"], ids=["line", "lines"])
@pytest.mark.parametrize("piece", PIECES)
def test_time_is_linear(piece: str, end: str) -> None:
    draft = Draft((piece + end) * (60_000 // len(piece + end)))
    started = time.perf_counter()
    for _ in chrome.propose(draft, DEFAULT):
        pass
    assert time.perf_counter() - started < 5
