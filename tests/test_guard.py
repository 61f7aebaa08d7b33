"""The damage guard: it stops a rule gone mad, and never a document full of noise."""

import re
from itertools import accumulate

import pytest
from click.testing import CliRunner

from cleaner import Config, Edit, clean, pipeline
from cleaner.cli import main
from cleaner.guard import judge, measure

PROVERBS = (
    "路遥知马力，日久见人心。近水楼台先得月。有心栽花花不开。一年之计在于春。不经一事不长一智。种瓜得瓜种豆得豆。"
)
BODY = [f"{PROVERBS[at : at + 9]}{PROVERBS[at + 11 : at + 30]}\n" for at in range(24)]
TEXT = "".join(BODY)
STARTS = list(accumulate(map(len, BODY), initial=0))


def without(*lines):
    """Edits that take these lines of TEXT out."""
    return [Edit(STARTS[line], STARTS[line + 1], "", "mad", "") for line in lines]


@pytest.mark.parametrize(
    ("lines", "stopped"),
    [
        (range(24), True),
        (range(0, 24, 2), True),  # every other line
        (range(6, 18), True),
        (range(3), False),
        ((), False),
    ],
)
def test_the_share_decides(lines, stopped):
    """Half of a document is too much; its first lines may be a notice."""
    assert bool(judge(TEXT, without(*lines), 30.0)) == stopped


def test_neighbours_count_as_one_place():
    """A passage taken out in many small edits is lost all the same."""
    edits = [Edit(at, at + 1, "", "mad", "") for at in range(len(TEXT))]
    assert measure(TEXT, edits).lines == 24
    assert judge(TEXT, edits, 30.0)


def test_what_returns_is_no_loss():
    """Page furniture and an ad on every page may be most of a file."""
    page = "{}\n更多好文请到云岫书屋阅读，记得收藏本站，下次再来。第{}页\n"
    text = "".join(page.format(line.strip(), number) for number, line in enumerate(BODY))
    starts = [at for at in range(len(text)) if text.startswith("更多", at)]
    edits = [Edit(at, text.index("\n", at) + 1, "", "ad", "") for at in starts]
    assert len(edits) == 24
    assert measure(text, edits).characters == 0
    assert judge(text, edits, 1.0) is None


def test_long_lines_of_data_are_no_loss():
    """Image data is most of many a file."""
    data = "iVBORw0KGgoAAAANSUhEUgAA" * 40 + "\n"
    text = TEXT + "".join(chr(65 + number) + data for number in range(26))
    assert judge(text, [Edit(len(TEXT), len(text), "", "image-data", "")], 30.0) is None


def test_lines_of_other_scripts_are_lost_too():
    """A text without any Han character is guarded by its lines."""
    text = "".join(f"Every line says another thing: here it is {chr(97 + number) * 3}.\n" for number in range(26)) * 2
    assert judge(text, [Edit(0, 3 * len(text) // 4, "", "mad", "")], 30.0).loss.of_characters == 0


def test_repaired_mojibake_is_no_loss():
    """Three wrong characters for two right ones take nothing away."""
    text = "今天的天气真好，我们去河边走走。明天也是。" * 30
    broken = text.encode().decode("gb18030", "replace")
    assert judge(broken, [Edit(0, len(broken), text, "mojibake", "")], 10.0) is None
    assert judge(broken, [Edit(0, len(broken), "无。", "mad", "")], 10.0)


def test_a_document_is_passed_through_unchanged(monkeypatch):
    """With line ends as they are; what was not done is among the skipped."""
    source = TEXT.replace("\n", "\r\n")

    def mad(draft, config):
        yield from draft.delete(0, len(draft.text) - 20, "mad", "everything looks like an ad")

    monkeypatch.setattr(pipeline, "STAGES", (*pipeline.STAGES, ("mad", mad)))
    result = clean(source)
    assert (result.text, result.edits) == (source, ())
    assert result.guarded.loss.rule == "mad"
    assert "mad" in {edit.rule for edit in result.skipped}
    assert clean(source, Config(guard=None)).text == TEXT[-20:]


def test_the_command_says_so(monkeypatch):
    """The text is written as it is, and one line tells why; --guard 0 lets the rule have its way."""

    def mad(draft, config):
        yield from draft.delete(0, len(draft.text) - 20, "mad", "everything looks like an ad")

    monkeypatch.setattr(pipeline, "STAGES", (("mad", mad),))
    done = CliRunner().invoke(main, [], input=TEXT.encode("gb18030"))
    assert (done.exit_code, done.stdout) == (0, TEXT)
    assert re.fullmatch(r'cleaner: standard input: left as it is: .* 9\d % .*"mad".*--guard 0\n', done.stderr)
    assert CliRunner().invoke(main, ["--guard", "0"], input=TEXT.encode()).stdout == TEXT[-20:]
