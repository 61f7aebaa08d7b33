"""Edits: replaying them, refusing bad ones, and the way back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import CleanerError, Edit, EditError, apply, invert
from cleaner.edits import compose


def edit(start, end, replacement=""):
    return Edit(start, end, replacement, "rule", "reason")


REPLAYED = [
    pytest.param("正文", [], "正文", id="none"),
    pytest.param("", [], "", id="none in an empty text"),
    pytest.param("第一\n段", [edit(2, 3)], "第一段", id="one deletion"),
    pytest.param("用\nGit", [edit(1, 2, " ")], "用 Git", id="one replacement"),
    pytest.param("甲乙丙丁", [edit(0, 1), edit(3, 4, "戊己")], "乙丙戊己", id="two"),
    pytest.param("甲乙丙丁", [edit(1, 2), edit(2, 3, "辰")], "甲辰丁", id="two that touch"),
    pytest.param("甲乙", [edit(0, 2)], "", id="everything"),
    pytest.param("甲乙", [edit(2, 2, "丙")], "甲乙丙", id="an empty span at the end"),
    pytest.param("😀乙\u0301丙", [edit(1, 3)], "😀丙", id="offsets count code points"),
]


@pytest.mark.parametrize(("source", "edits", "expect"), REPLAYED)
def test_apply(source, edits, expect):
    """Only the named spans change."""
    assert apply(source, edits) == expect


@pytest.mark.parametrize(("source", "edits", "expect"), REPLAYED)
def test_invert(source, edits, expect):
    """The inverse leads back to the source, and its own inverse to the result."""
    inverse = invert(source, edits)
    assert apply(expect, inverse) == source
    assert invert(expect, inverse) == tuple(edits)


def test_the_inverse_keeps_rule_and_reason():
    """Someone who takes an edit back still sees why it was made."""
    inverse = invert("第一\n段", [Edit(2, 3, "", "soft-break", "the line was full")])
    assert inverse == (Edit(2, 2, "\n", "soft-break", "the line was full"),)


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        pytest.param([edit(0, 2), edit(1, 3)], "edit 1:3 (rule) overlaps", id="overlap"),
        pytest.param([edit(2, 3), edit(0, 1)], "edit 0:1 (rule) overlaps", id="out of order"),
        pytest.param([edit(0, 3), edit(1, 2)], "edit 1:2 (rule) overlaps", id="one inside another"),
        pytest.param([edit(3, 5)], "outside a text of 4 characters", id="past the end"),
        pytest.param([edit(5, 6)], "outside a text of 4 characters", id="after the end"),
        pytest.param([edit(2, 1)], "outside a text of 4 characters", id="end before start"),
        pytest.param([edit(-1, 1)], "edit -1:1 (rule)", id="before the start"),
    ],
)
def test_bad_edits_are_refused(edits, message):
    """Nothing is changed by halves: the error names the edit that is wrong."""
    with pytest.raises(EditError) as caught:
        apply("甲乙丙丁", edits)
    assert message in str(caught.value)
    assert isinstance(caught.value, CleanerError)


def test_edits_sort_by_place():
    """Sorting edits puts them into the order in which they are applied."""
    assert sorted([edit(3, 4), edit(0, 2), edit(0, 1)]) == [edit(0, 1), edit(0, 2), edit(3, 4)]


def test_an_edit_cannot_be_changed():
    """An edit in a report stays what it was."""
    with pytest.raises(AttributeError):
        edit(0, 1).start = 5


@st.composite
def some_edits(draw, length):
    """Edits of a text of this length, in order and apart; none that only inserts."""
    places = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    return [
        Edit(start, end, draw(st.text("甲乙\n", max_size=3)), f"rule-{start}", "")
        for start, end in pairwise(places)
        if draw(st.booleans())
    ]


@given(st.data())
def test_composed_edits_do_what_both_do_one_after_the_other(data):
    """And so they lead back."""
    source = "".join(map(chr, range(0x4E00, 0x4E00 + data.draw(st.integers(0, 12)))))
    first = data.draw(some_edits(len(source)))
    between = apply(source, first)
    then = data.draw(some_edits(len(between)))
    both = compose(source, first, then)
    assert apply(source, both) == apply(between, then)
    assert apply(apply(source, both), invert(source, both)) == source


COMPOSED = [
    pytest.param([edit(1, 2)], [edit(0, 1)], [edit(0, 1), edit(1, 2)], id="before a deletion"),
    pytest.param([edit(1, 2)], [edit(1, 2)], [edit(1, 2), edit(2, 3)], id="after a deletion"),
    pytest.param([edit(1, 2)], [edit(0, 2)], [edit(0, 3)], id="around a deletion"),
    pytest.param([edit(1, 3, "丙")], [edit(0, 1), edit(2, 3)], [edit(0, 1), edit(1, 3, "丙"), edit(3, 4)], id="by"),
    pytest.param([edit(1, 3, "丙乙")], [edit(2, 4)], [edit(1, 4, "丙")], id="half inside"),
    pytest.param([edit(0, 1, "子"), edit(3, 4, "丑")], [edit(0, 4, "寅")], [edit(0, 4, "寅")], id="over two"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "then", "expect"), COMPOSED)
def test_edits_become_one_only_where_they_overlap(first, then, expect):
    """What merely touches keeps its name."""
    assert list(compose("甲乙丙丁", first, then)) == expect
