"""Stages by themselves: one driver, cases as data in ``tests/cases/STAGE.toml``.

A case has a ``name``, ``source`` and ``expect``; without ``expect`` nothing must change. ``{name}`` stands for a
sentence or passage of the file's ``[sentences]`` or ``[passages]``.
"""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.config import DEFAULT
from cleaner.draft import Draft
from cleaner.edits import apply
from cleaner.stages import ads, characters, chrome, markup, pages

FOLDER = Path(__file__).parents[1] / "cases"
STAGES = {
    "characters": (characters.propose,),
    "markup": (markup.propose,),
    "pages": (pages.propose,),
    "ads": (ads.propose, ads.propose_inside),
    "chrome": (chrome.propose,),
}


def run(stages, source):
    for stage in stages:
        source = apply(source, sorted(stage(Draft(source), DEFAULT)))
    return source


def cases():
    for name, stages in STAGES.items():
        data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
        fillers = {**data.get("sentences", {}), **data.get("passages", {})}
        for case in data["case"]:
            source, expect = case["source"], case.get("expect", case["source"])
            yield pytest.param(stages, fill(source, fillers), fill(expect, fillers), id=f"{name}: {case['name']}")


def fill(text, fillers):
    for name, filler in fillers.items():
        text = text.replace(f"{{{name}}}", filler.strip("\n"))
    return text.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else text


@pytest.mark.parametrize(("stages", "source", "expect"), list(cases()))
def test_case(stages, source, expect):
    """The stage gives the expected text, and has nothing to say of that."""
    assert run(stages, source) == expect
    assert run(stages, expect) == expect


CRLF = {
    "ads": ("雨停了。\r\n本书由柳书小说网整理提供\r\n天亮了。\r\n", "雨停了。\r\n天亮了。\r\n"),
    "chrome": (
        "雨停了，柳树下没有人，没有船。\r\n收藏 3　　分享　　评论 18\r\n天亮了，对岸有人喊他的名字，他走了。\r\n",
        "雨停了，柳树下没有人，没有船。\r\n天亮了，对岸有人喊他的名字，他走了。\r\n",
    ),
}


@pytest.mark.parametrize("name", CRLF)
def test_line_ends_of_two_characters(name):
    """A line that goes takes the whole of its line end along."""
    source, expect = CRLF[name]
    assert run(STAGES[name], source) == expect


@pytest.mark.parametrize("name", STAGES)
@given(source=st.text(alphabet="正文，。第12页共/-—.<>&;\n\r\f\u200b 一二I、_分节阅读www更多免费下载QQ群：关注"))
def test_edits_never_overlap(name, source):
    """What a stage proposes can be carried out as it is, and none of it is empty."""
    for stage in STAGES[name]:
        edits = sorted(stage(Draft(source), DEFAULT))
        apply(source, edits)
        assert all(edit.start < edit.end for edit in edits)


@given(st.text(alphabet="正文，。 a1\n"))
def test_visible_text_is_left_alone(source):
    """The characters stage sees only what nobody sees."""
    assert list(characters.propose(Draft(source), DEFAULT)) == []
