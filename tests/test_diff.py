"""The diff: exact, short beside long lines, and readable."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Edit, Result, apply, clean
from cleaner.diff import diff
from cleaner.guard import Guarded, Loss

LONG = "他在山里走了很久，没有看见一个人，也没有听见一点声音。"


def result(source, *edits):
    """What a cleaning with these edits gives."""
    return Result(apply(source, edits), source, edits, (), None)


def body(source, *edits, **options):
    """The diff without the two lines that name the file."""
    return list(diff(result(source, *edits), "a.txt", **options))[2:]


@pytest.mark.parametrize(
    ("source", "edits", "shown"),
    [
        pytest.param(
            "一行\n第 1 页\n二行\n",
            [Edit(3, 9, "", "page-marker", "")],
            ["@@ -2 +2,0 @@ page-marker", "-[-第 1 页⏎-]"],
            id="a whole line, and nothing beside it",
        ),
        pytest.param(
            "没有写\n完的话\n",
            [Edit(3, 4, "", "soft-break", "")],
            ["@@ -1,2 +1 @@ soft-break", "-没有写[-⏎-]", "-完的话", "+没有写完的话"],
            id="a line end",
        ),
        pytest.param(
            "标题 正文\n",
            [Edit(2, 3, "\n", "hard-break", "")],
            ["@@ -1 +1,2 @@ hard-break", "-标题[- -]正文", "+标题{+⏎+}", "+正文"],
            id="a line end that comes",
        ),
        pytest.param(
            LONG + "第 页" + LONG + "\n",
            [Edit(28, 29, "", "stray-space", "")],
            [
                "@@ -1 +1 @@ stray-space",
                "-…，也没有听见一点声音。第[- -]页他在山里走了很久，没有…",
                "+…，也没有听见一点声音。第页他在山里走了很久，没有…",
            ],
            id="a long line",
        ),
        pytest.param(
            "内\u200b容\x1b[31m\u2028好\n",
            [Edit(1, 2, "", "zero-width", "")],
            ["@@ -1 +1 @@ zero-width", "-内[-<U+200B>-]容<U+001B>[31m<U+2028>好", "+内容<U+001B>[31m<U+2028>好"],
            id="what nobody sees, and what a terminal would obey",
        ),
        pytest.param(
            "一 二。\n三 四。\n",
            [Edit(1, 2, "", "x", ""), Edit(6, 7, "", "y", "")],
            ["@@ -1 +1 @@ x", "-一[- -]二。", "+一二。", "@@ -2 +2 @@ y", "-三[- -]四。", "+三四。"],
            id="neighbouring lines",
        ),
        pytest.param(
            "A" * 5000 + "\n",
            [Edit(0, 5001, "", "image-data", "")],
            ["@@ -1 +1,0 @@ image-data", f"-[-{'A' * 160}…(4,801 characters)…{'A' * 39}⏎-]"],
            id="a megabyte of image",
        ),
        pytest.param(
            "一。\r\n二 三。\r\n",
            [Edit(2, 4, "\n", "line-end", "LF"), Edit(5, 6, "", "x", ""), Edit(8, 10, "\n", "line-end", "LF")],
            ["# 2 × LF", "@@ -2 +2 @@ x", "-二[- -]三。", "+二三。"],
            id="line ends are counted, not shown",
        ),
    ],
)
def test_what_is_shown(source, edits, shown):
    """Only what stands beside a change, with the number of its line and the rule."""
    assert body(source, *edits) == shown


def test_nothing_to_tell():
    """A document that stays as it is has no diff."""
    assert list(diff(clean((LONG + "\n").encode()), "a.txt")) == []


def test_another_encoding_is_told():
    """The bytes of such a file change even if its text does not."""
    assert list(diff(clean((LONG + "\n").encode("gb18030")), "a.txt")) == [
        "--- a.txt (gb18030)",
        "+++ a.txt, cleaned (utf-8)",
    ]


def test_a_guarded_document_is_told():
    """It says why nothing is changed."""
    passed = Result("一", "一", (), (), None, Guarded(Loss(990, 1000, 40, 60, "mad"), 30.0))
    assert re.match('# left as it is: .*"mad"', list(diff(passed, "a.txt"))[2])


def test_colours_say_the_same():
    """Without the marks and without the colours both are one text."""
    source = LONG + "第 页" + LONG + "\n\n标题 正文\n"
    edits = Edit(28, 29, "", "stray-space", ""), Edit(60, 61, "\n", "hard-break", "")
    coloured = [re.sub(r"\x1b\[\d+m", "", line) for line in body(source, *edits, colour=True)]
    assert coloured == [re.sub(r"\[-|-\]|\{\+|\+\}", "", line) for line in body(source, *edits)]
    assert any("\x1b[31m-" in line and "\x1b[7m \x1b[27m" in line for line in body(source, *edits, colour=True))


@given(st.text(alphabet="甲乙 \n\r", max_size=60), st.data())
def test_every_change_is_there(source, data):
    """Whatever the edits, each side reads as its text does at the lines named."""
    places = sorted(data.draw(st.sets(st.integers(0, len(source)), max_size=8)))
    edits = [
        Edit(start, end, data.draw(st.sampled_from(["", "丙", "\n"])), "x", "")
        for start, end in zip(places[::2], places[1::2], strict=False)
    ]
    made = result(source, *edits)
    sides = {"-": re.split(r"\r\n|\r|\n", made.source), "+": re.split(r"\r\n|\r|\n", made.text)}
    at = {}
    for line in body(source, *edits):
        if heading := re.match(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@", line):
            at = {"-": int(heading[1]), "+": int(heading[2])}
        else:
            shown = re.sub(r"\[-|-\]|\{\+|\+\}|⏎", "", line[1:])
            assert shown.strip("…") in sides[line[0]][at[line[0]] - 1]
            at[line[0]] += 1
