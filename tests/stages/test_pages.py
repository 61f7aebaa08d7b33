"""The pages stage alone: cases as data, forms with their own examples, time linear in the length."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.config import DEFAULT
from cleaner.draft import Draft
from cleaner.edits import apply
from cleaner.markers import Form, forms, readings
from cleaner.sequences import Survey, chains, missing_pages
from cleaner.stages import pages

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/pages.toml").read_text(encoding="utf-8"))
PASSAGES = {name: text.strip("\n") for name, text in CASES["passages"].items()}


def fill(text: str) -> str:
    for name, passage in PASSAGES.items():
        text = text.replace(f"{{{name}}}", passage)
    return text.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else text


def run(source: str) -> str:
    return apply(source, sorted(pages.propose(Draft(source), DEFAULT)))


@pytest.mark.parametrize("case", CASES["case"], ids=[case["name"] for case in CASES["case"]])
def test_case(case: dict[str, str]) -> None:
    source = fill(case["source"])
    expect = fill(case.get("expect", case["source"]))
    assert run(source) == expect
    assert run(expect) == expect


def examples(kind: str) -> list[tuple[Form, str]]:
    return [(form, example) for form in forms() for example in getattr(form, kind)]


@pytest.mark.parametrize(("form", "line"), examples("removes"))
def test_form_fits(form: Form, line: str) -> None:
    assert any(reading.look == form.look for reading in readings(line))


@pytest.mark.parametrize(("form", "line"), examples("keeps"))
def test_form_leaves(form: Form, line: str) -> None:
    """Alone on its line in the middle of a text, what only looks like a marker stays."""
    source = fill(f"{{a}}\n{line}\n{{z}}\n")
    assert run(source) == source


def test_every_form_has_two_examples_of_each_kind() -> None:
    assert all(len(form.removes) >= 2 and len(form.keeps) >= 2 for form in forms())


def test_missing_pages() -> None:
    source = fill("{a}\n第 1 页 共 6 页\n{b}\n第 2 页 共 6 页\n{c}\n第 4 页 共 6 页\n{z}\n")
    assert missing_pages(chains(Survey(Draft(source)))) == ((3, 3), (5, 6))


@given(st.text(alphabet="正文，。第12页共/-—.\n\r\f 一二I、_分节阅读"))
def test_edits_never_overlap(source: str) -> None:
    edits = sorted(pages.propose(Draft(source), DEFAULT))
    apply(source, edits)
    assert all(edit.start < edit.end for edit in edits)


@pytest.mark.parametrize(
    "unit",
    [
        "1\n",
        "第 1 页\n",
        "- 1 -\n",
        "1、正文\n",
        "\f\n",
        "_分节阅读_1\n",
        " 1/2 ",
        "iv\n",
        "正文，\n书名\n",
        "9:01 甲 62%\n",
        "甲　乙　3\n",
        "旧楼记事1\n",
    ],
)
def test_time_is_linear(unit: str) -> None:
    """Four times the text takes about four times as long; a quadratic step would take sixteen times."""

    def seconds(size: int) -> float:
        draft = Draft(unit * (size // len(unit)))
        start = time.process_time()
        list(pages.propose(draft, DEFAULT))
        return time.process_time() - start

    seconds(2_000)
    assert seconds(80_000) < 10 * max(seconds(20_000), 0.02)
