"""``cleaner rules``: the list, one rule, rules of the user's own tried out."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner.cli import main
from cleaner.rules import every_builtin
from cleaner.stages import own

SAMPLES = Path(__file__).parents[1] / "samples" / "own"

PACK = """\
[[rule]]
name = "yunxiu"
phrases = ["云岫阁每日更新，记得回来看看"]
removes = ["雨停了。云岫阁每日更新，记得回来看看", "云岫阁每日更新，\\n记得回来看看"]
keeps = ["云岫阁每日更新他的日记。"]

[[rule]]
name = "tickets"
pattern = '求(?:月票|推荐票).{0,6}'
removes = ["求月票，求推荐票！", "求票"]
keeps = ["他从不向读者求月票。"]

[[rule]]
name = "collect"
pattern = '(?:.*?，){6,}.*收藏.*站！$'
removes = ["更新最快，无弹窗，无广告，手机同步，读者千万，书友百万，请大家收藏本站！"]
keeps = ["他说，你说，我说，大家说，都来收藏邮票，邮局门口，新开了一家小站，从早到晚，真热闹！谢谢，"]

[[rule]]
name = "bare"
phrases = ["（本章完）"]
"""
BOOK = "雨停了，云岫阁每日更新，记得\n回来看看摆渡的老人把船拴在柳树上。\n\n求月票！\n她也走了。\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.toml").write_text(PACK, "utf-8")
    (tmp_path / "book.txt").write_text(BOOK, "utf-8")
    return tmp_path


def call(*args, stdin=""):
    result = CliRunner().invoke(main, ["rules", *args], input=stdin.encode())
    return result.exit_code, result.stdout, result.stderr


# ---------------------------------------------------------------- list and show


def test_the_list_has_every_rule_under_its_stage(folder):
    """Built in or not, with its reason and where it comes from."""
    code, out, err = call("list", "--rules", "my.toml")
    assert (code, err) == (0, "")
    rows = [re.split(r" {2,}", line, maxsplit=3) for line in out.splitlines()]
    assert {(row[0], row[1]) for row in rows[1:]} == {(rule.stage, rule.name) for rule in every_builtin()} | {
        ("own", name) for name in ("yunxiu", "tickets", "collect", "bare")
    }
    assert ["own", "tickets", "my.toml:7", "a rule of your own"] in rows
    assert ["ads", "promise", "core", "promises texts or other goods"] in rows


def test_the_list_says_where_rules_of_your_own_would_run():
    """Without a pack the stage is there all the same."""
    assert re.search(r"(?m)^own +-  ", call("list", "--no-config")[1])


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("yunxiu", ("from        my.toml:1", "phrase      云岫阁每日更新，记得回来看看", "whole       match")),
        ("tickets", ("pattern     求(?:月票|推荐票).{0,6}", "keeps       他从不向读者求月票。")),
        ("promise", ("stage       ads", "evidence    promise, weight 3", "keeps       更多文章见附录。")),
        ("soft-break", ("pattern     none: it looks at the whole document",)),
        ("line-end-hyphen", ("stage       breaks", "stage       spaces")),
        ("own", ("own is a stage; its rules: yunxiu, tickets, collect, bare",)),
    ],
)
def test_show(folder, name, lines):
    """All about one rule, with its examples."""
    code, out, err = call("show", name, "--rules", "my.toml")
    assert (code, err) == (0, "")
    assert all(line in out.splitlines() for line in lines)


def test_show_of_a_name_nobody_has():
    """The nearest is offered."""
    assert call("show", "soft-breaks") == (
        2,
        "",
        "cleaner: no stage or rule is called soft-breaks; did you mean soft-break? See cleaner rules list\n",
    )


# ---------------------------------------------------------------- test


def test_three_answers_and_what_would_go(folder, monkeypatch):
    """A good rule, one whose example fails, one that tries for ever; then the places in a file, which stays."""
    monkeypatch.setattr(own, "SECONDS", 0.2)
    code, out, err = call("test", "--rules", "my.toml", "book.txt")
    assert (code, err) == (1, "")
    assert out == (
        "my.toml:1: yunxiu: good; removes 2, keeps 1\n"
        "my.toml:7: tickets: FAILS\n"
        "  removes: finds nothing in 求票\n"
        "  keeps: would change 他从不向读者[-求月票。-]\n"
        "my.toml:13: collect: TAKES TOO LONG, would be switched off in a document with much like this:\n"
        "  他说，你说，我说，大家说，都来收藏邮票，邮局门口，新开了一家小站，从早到晚，真热闹！谢谢，\n"
        "my.toml:19: bare: no examples; write some under removes and keeps\n"
        "book.txt:1: yunxiu: 雨停了，[-云岫阁每日更新，记得⏎回来看看-]摆渡的老人把船拴在柳树上。\n"
        "book.txt:4: tickets: [-求月票！-]\n"
        "yunxiu: 1 place\n"
        "tickets: 1 place\n"
        "collect: found nowhere\n"
        "bare: found nowhere\n"
    )
    assert (folder / "book.txt").read_text("utf-8") == BOOK


def test_all_is_well():
    """Exit code 0, with the sample's pack on the sample's text."""
    code, out, err = call("test", "--rules", f"{SAMPLES / 'rules.toml'}", f"{SAMPLES / 'serial.txt'}")
    assert (code, err) == (0, "")
    assert out.count(": good; ") == 2
    assert out.count("[-") == 3


def test_replacements_are_shown(folder):
    """What comes stands beside what goes; a long line is cut around it."""
    (folder / "my.toml").write_text("[[rule]]\nname = 'x'\npattern = '(蛇)X+'\nreplacement = '\\1行'\n", "utf-8")
    text = "很长的一行，" * 20 + "蛇XX" + "，很长的一行" * 20 + "。\n"
    out = call("test", "--rules", "my.toml", "-", stdin=text)[1]
    around = "很长的一行，" * 4
    assert f"standard input:1: x: …{around}[-蛇XX-]{{+蛇行+}}{'，很长的一行' * 4}…\n" in out


def test_a_file_on_which_a_rule_never_ends(folder, monkeypatch):
    """It is told for the file, the others are tried all the same, and the exit code says so."""
    monkeypatch.setattr(own, "SECONDS", 0.05)
    pack = "[[rule]]\nname = 'slow'\npattern = '(?:.*?,){30}完'\n[[rule]]\nname = 'quick'\nphrases = ['求月票']\n"
    (folder / "my.toml").write_text(pack, "utf-8")
    (folder / "book.txt").write_text("甲," * 3000 + "。\n求月票\n", "utf-8")
    code, out, err = call("test", "--rules", "my.toml", "book.txt")
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith("cleaner: book.txt: rule slow (my.toml:1) takes too long and is switched off")
    assert "book.txt:2: quick: [-求月票-]\n" in out


def test_what_cannot_be_tried(folder):
    """A broken pack, a missing file, no pack at all: exit code 2 and one clear line."""
    assert call("test")[0] == 2
    assert "--rules FILE" in call("test")[2]
    assert call("test", "--rules", "my.toml", "none.txt")[::2] == (
        2,
        "cleaner: none.txt: no such file or folder; check the name, or pipe the text in\n",
    )
    (folder / "my.toml").write_text("[[rule]]\nname = 'a'\npattern = '('\n")
    code, out, err = call("test", "--rules", "my.toml")
    assert (code, out) == (2, "")
    assert err.startswith("cleaner: my.toml:3: rule a: bad pattern: ")


def test_the_pack_may_stand_in_cleaner_toml(folder):
    """As for cleaning."""
    (folder / "cleaner.toml").write_text("rules = 'my.toml'\n")
    assert "phrase      （本章完）\n" in call("show", "bare")[1]
    assert call("show", "bare", "--no-config")[0] == 2
