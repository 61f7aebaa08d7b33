"""The two ads stages, one after the other: cases as data, time linear in the length."""

import time
import tomllib
from pathlib import Path

import pytest

from cleaner.config import DEFAULT
from cleaner.draft import Draft
from cleaner.edits import apply
from cleaner.stages import ads

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/ads.toml").read_text(encoding="utf-8"))


def fill(text: str) -> str:
    for name, sentence in CASES["sentences"].items():
        text = text.replace(f"{{{name}}}", sentence)
    return text


def run(source: str) -> str:
    text = apply(source, sorted(ads.propose(Draft(source), DEFAULT)))
    return apply(text, sorted(ads.propose_inside(Draft(text), DEFAULT)))


@pytest.mark.parametrize("case", CASES["case"], ids=[case["name"] for case in CASES["case"]])
def test_case(case: dict[str, str]) -> None:
    source = fill(case["source"])
    expect = fill(case.get("expect", case["source"]))
    assert run(source) == expect
    assert run(expect) == expect


def test_crlf() -> None:
    assert run("雨停了。\r\n本书由柳书小说网整理提供\r\n天亮了。\r\n") == "雨停了。\r\n天亮了。\r\n"


PIECES = [
    "更多",
    "免费小说",
    "本文由",
    "请访问",
    "加qq群",
    "关注公众号",
    "【",
    "“",
    "www.",
    "w w w . ",
    "小.说/",
    "24小时内删除",
    "更多精彩文章尽在柳河文秘网。",
    "更多免费课件请加QQ群：716253940 ",
]


@pytest.mark.parametrize("end", ["", "\n"], ids=["line", "lines"])
@pytest.mark.parametrize("piece", PIECES)
def test_time_is_linear(piece: str, end: str) -> None:
    draft = Draft((piece + end) * (60_000 // len(piece + end)))
    started = time.perf_counter()
    for _ in (*ads.propose(draft, DEFAULT), *ads.propose_inside(draft, DEFAULT)):
        pass
    assert time.perf_counter() - started < 15
