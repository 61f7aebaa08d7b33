"""The draft: what a stage sees after earlier edits, and how its own edits find their place in the source."""

import pytest

from cleaner import Edit, apply
from cleaner.draft import Draft


def edit(start, end, replacement=""):
    return Edit(start, end, replacement, "earlier", "")


def spans(edits):
    return [(each.start, each.end, each.replacement) for each in edits]


def replayed(draft, edits):
    """The text after the draft's edits and ``edits``; a replacement that became part of a later edit gives way."""
    kept = [
        earlier
        for earlier in draft.edits
        if not any(later.start <= earlier.start and earlier.end <= later.end for later in edits)
    ]
    return apply(draft.source, sorted([*kept, *edits]))


# ---------------------------------------------------------------- text and map


def test_without_edits_it_is_the_source():
    """The text is the source, and every offset its own."""
    draft = Draft("一\n二\n")
    assert draft.text == "一\n二\n"
    assert [draft.source_offset(offset) for offset in range(4)] == [0, 1, 2, 3]
    assert draft.removals == ()


def test_an_empty_source():
    """An empty text has no lines and no edits, and asking about it is no error."""
    draft = Draft("")
    assert (draft.text, draft.lines(), draft.removals) == ("", [], ())


@pytest.mark.parametrize(
    ("source", "edits", "text"),
    [
        pytest.param("甲乙丙丁", [edit(1, 3)], "甲丁", id="deleted inside"),
        pytest.param("甲乙丙丁", [edit(0, 1)], "乙丙丁", id="deleted at the start"),
        pytest.param("甲乙丙丁", [edit(3, 4)], "甲乙丙", id="deleted at the end"),
        pytest.param("甲乙丙丁", [edit(0, 4)], "", id="all deleted"),
        pytest.param("甲乙丙丁", [edit(1, 2, "XYZ")], "甲XYZ丙丁", id="replaced by something longer"),
        pytest.param("甲乙丙丁", [edit(0, 2), edit(2, 3, "辰")], "辰丁", id="two that touch"),
    ],
)
def test_text_is_the_source_with_the_edits_made(source, edits, text):
    """The text a stage sees is what ``apply`` gives."""
    assert Draft(source, edits).text == apply(source, edits) == text


def test_source_offset_steps_over_what_is_gone():
    """Each character of the text is found at its own place in the source."""
    draft = Draft("甲乙丙丁戊", [edit(1, 2), edit(3, 4, "XY")])
    assert draft.text == "甲丙XY戊"
    assert [draft.source_offset(offset) for offset in range(5)] == [0, 2, 3, 3, 4]


# ---------------------------------------------------------------- lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("一\n二\n", ["一", "二"], id="final newline"),
        pytest.param("一\n二", ["一", "二"], id="no final newline"),
        pytest.param("\n\n一", ["", "", "一"], id="blank lines first"),
        pytest.param("一\r\n二\r三\n", ["一", "二", "三"], id="all three line ends"),
        pytest.param(
            "一\x85二\u2028三\x0c四\x1c五", ["一\x85二\u2028三\x0c四\x1c五"], id="no line ends of str.splitlines"
        ),
    ],
)
def test_lines(text, lines):
    r"""Lines end at \n, \r\n or \r and nowhere else; together they cover the text."""
    found = Draft(text).lines()
    assert [line.text for line in found] == lines
    assert "".join(text[line.start : line.next] for line in found) == text
    assert [line.number for line in found] == list(range(len(lines)))


def test_lines_are_those_of_the_text_not_of_the_source():
    """After a marker is gone, the sentence it split stands on one line."""
    draft = Draft("无小\n第2页\n事\n", [edit(2, 7)])
    assert [line.text for line in draft.lines()] == ["无小事"]


# ---------------------------------------------------------------- removals


@pytest.mark.parametrize(
    ("source", "edits", "removals"),
    [
        pytest.param("一\n第2页\n二", [edit(2, 6)], (2,), id="a marker"),
        pytest.param("一\f二", [edit(1, 2)], (1,), id="a form feed"),
        pytest.param("一\n二", [edit(1, 2)], (1,), id="a line end"),
        pytest.param("一\u200b二", [edit(1, 2)], (), id="nothing anyone saw"),
        pytest.param("一 二", [edit(1, 2)], (), id="a space"),
        pytest.param("一\xa0二", [edit(1, 2, " ")], (), id="a replacement is no removal"),
        pytest.param("第1页\n一\n第2页", [edit(0, 4), edit(5, 9)], (0, 1), id="at both ends"),
    ],
)
def test_removals(source, edits, removals):
    """A later stage can tell where something that could be seen was taken out."""
    assert Draft(source, edits).removals == removals


# ---------------------------------------------------------------- replace


def test_replace_in_untouched_text():
    """Offsets are shifted by what was deleted before."""
    draft = Draft("第1页\n甲乙丙", [edit(0, 4)])
    assert spans(draft.replace(1, 2, "辰", "r", "")) == [(5, 6, "辰")]


def test_replace_across_a_deletion():
    """The deletion keeps its name; the rest is claimed on either side of it."""
    draft = Draft("无小\n第2页\n事", [edit(3, 7)])
    found = draft.replace(1, 4, "X", "r", "")
    assert spans(found) == [(1, 3, "X"), (7, 8, "")]
    assert replayed(draft, found) == "无X"


def test_replace_over_a_replacement():
    """What an earlier stage only tidied becomes part of the new edit."""
    draft = Draft("防\xa0火", [edit(1, 2, " ")])
    found = draft.delete(1, 2, "stray-space", "")
    assert spans(found) == [(1, 2, "")]
    assert replayed(draft, found) == "防火"


def test_replace_over_a_replacement_and_its_neighbours():
    """Text on both sides of a replacement is claimed together with it, as one edit."""
    draft = Draft("甲乙丙丁", [edit(1, 2, "XY")])
    found = draft.replace(0, 4, "Z", "r", "")
    assert spans(found) == [(0, 3, "Z")]
    assert replayed(draft, found) == "Z丁"


def test_part_of_a_replacement_cannot_be_claimed_alone():
    """Asking for half of what an earlier stage wrote claims all of it: edits refer to the source."""
    draft = Draft("甲乙丙", [edit(1, 2, "XY")])
    assert spans(draft.replace(1, 2, "Z", "r", "")) == [(1, 2, "Z")]


def test_replace_across_deletion_and_replacement():
    """Both kinds in one span."""
    draft = Draft("甲乙丙丁戊", [edit(1, 2), edit(3, 4, "X")])
    found = draft.replace(0, 4, "Z", "r", "")
    assert draft.text == "甲丙X戊"
    assert spans(found) == [(0, 1, "Z"), (2, 5, "")]
    assert replayed(draft, found) == "Z"


# ---------------------------------------------------------------- delete_lines


@pytest.mark.parametrize(
    ("source", "first", "last", "expect"),
    [
        pytest.param("一\n印\n二\n", 1, 1, "一\n二\n", id="no blank lines"),
        pytest.param("一\n印\n刷\n二\n", 1, 2, "一\n二\n", id="two lines"),
        pytest.param("一\n\n印\n二\n", 2, 2, "一\n\n二\n", id="blank line before"),
        pytest.param("一\n印\n\n二\n", 1, 1, "一\n\n二\n", id="blank line after"),
        pytest.param("一\n\n印\n\n二\n", 2, 2, "一\n\n二\n", id="blank line on both sides leaves one"),
        pytest.param("一\n\n印\n\n\n\n二\n", 2, 2, "一\n\n二\n", id="several after"),
        pytest.param("印\n\n一\n", 0, 0, "一\n", id="at the start"),
        pytest.param("一\n印\n", 1, 1, "一\n", id="at the end"),
        pytest.param("一\n\n印\n\n", 2, 2, "一\n\n", id="at the end, blank lines on both sides"),
        pytest.param("一\n印", 1, 1, "一\n", id="at the end without a final newline"),
        pytest.param("一\r\n\r\n印\r\n\r\n二\r\n", 2, 2, "一\r\n\r\n二\r\n", id="CRLF"),
        pytest.param("印\n", 0, 0, "", id="nothing else"),
    ],
)
def test_delete_lines(source, first, last, expect):
    """A line goes with its line end; the author's one blank line between paragraphs stays one."""
    draft = Draft(source)
    assert apply(source, draft.delete_lines(first, last, "r", "")) == expect


def test_delete_lines_beside_what_is_already_gone():
    """Line numbers are those of the text as it now stands."""
    draft = Draft("一\n甲\n印\n二\n", [edit(2, 4)])
    found = draft.delete_lines(1, 1, "r", "")
    assert replayed(draft, found) == "一\n二\n"
