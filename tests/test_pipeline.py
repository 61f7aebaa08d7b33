"""The pipeline: the order of the stages, what becomes of edits that collide, and the settings."""

import re

import pytest

from cleaner import Config, Edit, apply, clean, invert
from cleaner import pipeline as pipeline_module
from cleaner.draft import Draft


@pytest.fixture
def stages(monkeypatch):
    """Run ``clean`` with other stages than the real ones."""

    def use(*proposals):
        monkeypatch.setattr(
            pipeline_module, "STAGES", tuple((f"stage-{n}", stage) for n, stage in enumerate(proposals))
        )

    return use


def test_the_order_of_the_stages():
    """Moving a stage changes what the later ones see: it is done here too, on purpose."""
    assert [name for name, _ in pipeline_module.STAGES] == [
        "mojibake",
        "characters",
        "columns",
        "own",
        "copy-protection",
        "markup",
        "letter-spacing",
        "pages",
        "site-notes",
        "ads",
        "chrome",
        "breaks",
        "own",
        "ads",
        "spaces",
        "paragraphs",
        "line-ends",
    ]


def test_a_later_stage_sees_the_text_without_what_earlier_ones_took(stages):
    """Its edits still mean the source."""
    seen = []

    def second(draft, config):
        seen.append(draft.text)
        at = draft.text.index("丁")
        return draft.delete(at, at + 1, "second", "")

    stages(lambda draft, config: draft.delete(1, 2, "first", ""), second)
    result = clean("甲乙丙丁")
    assert seen == ["甲丙丁"]
    assert result.text == "甲丙"
    assert [(edit.start, edit.end) for edit in result.edits] == [(1, 2), (3, 4)]


def test_what_was_moved_is_edited_further(stages, monkeypatch):
    """The text moved and what later stages do inside it become one edit of the source; the rest stay apart."""
    monkeypatch.setattr(pipeline_module, "_MOVING", {"stage-0"})
    stages(
        lambda draft, config: draft.replace(1, 4, "丁\n乙", "moved", ""),
        lambda draft, config: [*draft.delete(0, 1, "first", ""), *draft.delete(2, 3, "joined", "")],
        lambda draft, config: [Edit(1, 3, "", "too-late", ""), *draft.delete(2, 3, "last", "")],
    )
    result = clean("甲乙 丁戊己")
    assert result.text == "丁乙己"
    assert [(edit.start, edit.end, edit.replacement, edit.rule) for edit in result.edits] == [
        (0, 1, "", "first"),
        (1, 4, "丁乙", "moved"),
        (4, 5, "", "last"),
    ]
    assert [(edit.start, edit.rule) for edit in result.skipped] == [(1, "too-late")]
    assert apply(result.text, invert(result.source, result.edits)) == result.source


def test_of_two_that_overlap_the_first_keeps_its_place(stages):
    """The loser is not lost: it is listed apart."""
    stages(lambda draft, config: [Edit(1, 3, "", "one", ""), Edit(2, 4, "", "two", "")])
    result = clean("甲乙丙丁")
    assert result.text == "甲丁"
    assert [edit.rule for edit in result.edits] == ["one"]
    assert [edit.rule for edit in result.skipped] == ["two"]


def test_a_deletion_of_an_earlier_stage_is_final(stages):
    """A later stage that names the place all the same is refused."""
    stages(lambda draft, config: [Edit(1, 2, "", "one", "")], lambda draft, config: [Edit(0, 3, "X", "two", "")])
    result = clean("甲乙丙丁")
    assert result.text == "甲丙丁"
    assert [edit.rule for edit in result.skipped] == ["two"]


def test_a_replacement_of_an_earlier_stage_gives_way_to_a_later_edit(stages):
    """A space that was only tidied can still be removed as a stray one."""
    stages(
        lambda draft, config: draft.replace(1, 2, " ", "tidied", ""),
        lambda draft, config: draft.delete(1, 2, "removed", ""),
    )
    result = clean("防\xa0火")
    assert result.text == "防火"
    assert [edit.rule for edit in result.edits] == ["removed"]
    assert result.skipped == ()


@pytest.mark.parametrize("later", [Edit(0, 2, "X", "two", ""), Edit(2, 4, "X", "two", "")])
def test_a_replacement_that_is_only_touched_stays(stages, later):
    """An edit that overlaps a replacement by a part only is refused."""
    stages(lambda draft, config: [Edit(1, 3, "YZ", "one", "")], lambda draft, config: [later])
    result = clean("甲乙丙丁")
    assert result.text == "甲YZ丁"
    assert result.skipped == (later,)


@pytest.mark.parametrize("newline", ["lf", "crlf", "keep"])
def test_edits_replay_with_every_newline_setting(newline):
    """Whatever the line ends, the edits lead from the source to the text."""
    source = "题目\r\n第一段在这里\u2028第二段。\n第三段。\r第四段。"
    result = clean(source, Config(newline=newline))
    assert apply(source, result.edits) == result.text
    assert (
        set(re.findall(r"\r*\n|\r", result.text))
        == {
            "lf": {"\n"},
            "crlf": {"\r\n"},
            "keep": {"\r\n", "\n", "\r"},
        }[newline]
    )


MESSY = "一、防火\n各村要检查防 火情况，发现问 题及时报 告。\u200b\n更多精品范文请访问 www.abc-wenku.com\n"


def test_every_rule_can_be_switched_off():
    """With a rule's name in ``skip``, its edits are not made."""
    rules = {edit.rule for edit in clean(MESSY).edits}
    assert {"zero-width", "stray-space"} < rules
    for rule in rules:
        assert rule not in {edit.rule for edit in clean(MESSY, Config(skip=frozenset({rule}))).edits}


def test_a_stage_can_be_switched_off():
    """With a stage's name in ``skip``, it does not run; the others do."""
    without = clean(MESSY, Config(skip=frozenset({"spaces"})))
    assert "防 火" in without.text
    assert "\u200b" not in without.text


def test_everything_off_changes_nothing():
    """Without stages there is no edit, whatever the text."""
    names = frozenset(name for name, _ in pipeline_module.STAGES)
    result = clean(MESSY, Config(skip=names))
    assert (result.text, result.edits) == (MESSY, ())


def test_text_has_no_encoding_and_bytes_have():
    """``clean`` says how it read the bytes, and does not pretend to have read any when it was given text."""
    assert clean("正文。\n").encoding is None
    result = clean("正文写在这里，一共两句。这是第二句。\n".encode("gb18030"))
    assert result.encoding == "gb18030"
    assert result.text == result.source == "正文写在这里，一共两句。这是第二句。\n"


def test_text_may_be_a_subclass_of_str():
    """What is given back is plain text."""

    class Text(str):
        __slots__ = ()

    result = clean(Text("正文。\n"))
    assert type(result.text) is str
    assert type(result.source) is str


def test_clean_starts_from_a_draft_without_edits():
    """A first stage sees the source itself."""
    assert Draft("正文\u200b。").text == "正文\u200b。"
