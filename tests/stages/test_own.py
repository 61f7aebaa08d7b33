"""Rules of the user's own: what they take out and leave, the time they have, and what a broken pack says."""

import os
import pickle
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Config, apply, clean, invert
from cleaner.rules import own as load
from cleaner.stages import own
from cleaner.toml_files import FileError

DATA = tomllib.loads((Path(__file__).parents[1] / "cases" / "own.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    path = tmp_path_factory.mktemp("rules") / "my.toml"
    path.write_text(DATA["pack"], "utf-8")
    return Config(rules=(str(path),))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in DATA["case"]])
def test_case(case, config):
    """The text is the expected one, its edits explain it, and nothing is left to do."""
    source = case["source"]
    result = clean(source, config)
    assert result.text == case.get("expect", source)
    assert apply(source, result.edits) == result.text
    assert apply(result.text, invert(source, result.edits)) == source
    assert (result.skipped, result.warnings) == ((), ())
    assert clean(result.text, config).text == result.text


def test_without_rules_the_ads_stay():
    """What the cases take out is nothing cleaner knows by itself."""
    source = "雨停了。\n云岫阁每日更新，记得回来看看\n她也走了。\n"
    assert clean(source).text == source


def test_edits_carry_the_name_of_their_rule(config):
    """Neighbours of two rules go under two names."""
    edits = clean("雨停了。\n(本章完)\n求月票！\n天亮了。\n", config).edits
    assert [edit.rule for edit in edits] == ["云岫阁", "tickets"]
    assert {edit.reason for edit in edits} == {"a rule of your own"}


@given(source=st.text(alphabet="雨停。 \n\r\u3000\u200b1m.本章完()（）求月票！戳这里看插图主播晚安XX公司杀*了①群<"))
def test_edits_explain_every_change(config, source):
    """Whatever the text, the edits can be carried out and taken back."""
    result = clean(source, config)
    assert apply(source, result.edits) == result.text
    assert apply(result.text, invert(source, result.edits)) == source


@pytest.mark.parametrize("name", ["own", "云岫阁"])
def test_switched_off_by_name(config, name):
    """The stage and its rules have names like all others."""
    source = "雨停了。\n云岫阁每日更新，记得回来看看\n她也走了。\n"
    assert clean(source, Config(rules=config.rules, skip=frozenset({name}))).text == source
    only = Config(rules=config.rules, only=frozenset({name}))
    assert clean(source, only).text == "雨停了。\n她也走了。\n"
    assert clean("一。\r\n", only).edits == ()


def test_a_config_with_rules_goes_to_other_processes(config):
    """It holds names of files, not compiled patterns."""
    assert pickle.loads(pickle.dumps(config)) == config


# ---------------------------------------------------------------- time


def write(tmp_path, text):
    path = tmp_path / "my.toml"
    path.write_text(text, "utf-8")
    return str(path)


ENDLESS = """
[[rule]]
name = "endless"
pattern = '(?:.*?,){30}完'
[[rule]]
name = "plain"
phrases = ["求月票"]
"""


def test_a_rule_without_an_end_is_switched_off(tmp_path, monkeypatch):
    """The document is cleaned without it, and the warning names it; the next document starts anew."""
    monkeypatch.setattr(own, "SECONDS", 0.05)
    config = Config(rules=(write(tmp_path, ENDLESS),))
    result = clean("甲," * 3000 + "\n求月票\n", config)
    assert result.text == "甲," * 3000 + "\n"
    assert len(result.warnings) == 1
    assert "endless" in result.warnings[0]
    assert "my.toml:2" in result.warnings[0]
    assert clean("甲,完\n求月票\n", config).warnings == ()


def test_the_time_of_all_matches_counts(tmp_path, monkeypatch):
    """A pattern that is quick at every place, but at very many, has an end too."""
    clock = iter(range(1000))
    monkeypatch.setattr(own.time, "process_time", lambda: next(clock))
    monkeypatch.setattr(own, "SECONDS", 5)
    config = Config(rules=(write(tmp_path, "[[rule]]\nname = 'dots'\npattern = '[*]+'\n"),))
    assert clean("雨*停*了。\n", config).text == "雨停了。\n"
    result = clean("雨*停*了*。*天*亮*了*。\n", config)
    assert (result.edits, len(result.warnings)) == ((), 1)


# ---------------------------------------------------------------- packs


def test_a_pack_that_has_changed_is_read_again(tmp_path):
    """Somebody tries a rule, sees what it does, and writes it anew, all in one session."""
    config = Config(rules=(write(tmp_path, "[[rule]]\nname = 'a'\nphrases = ['雨']\n"),))
    assert clean("雨停了。", config).text == "停了。"
    path = Path(write(tmp_path, "[[rule]]\nname = 'a'\nphrases = ['停']\n"))
    os.utime(path, ns=(1, 1))
    assert clean("雨停了。", config).text == "雨了。"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[rule]]\nname = 'a'\nphrases = ['x'\n", r"my\.toml:3: unclosed array"),
        ("[[rule]]\nname = 'a'\n\npattern = '(x'\n", r"my\.toml:4: rule a: bad pattern: missing \)"),
        ("[[rule]]\nname = 'a'\nphrases = ['x']\nkind = 'ad'\n", r"my\.toml:4: rule a: unknown key kind; known are"),
        ("stage = 'ads'\n[[rule]]\nname = 'a'\nphrases = ['x']\n", r"my\.toml:1: unknown key stage"),
        ("[[rules]]\nname = 'a'\nphrases = ['x']\n", r"my\.toml:1: unknown key rules; known are rule, words"),
        ("[rule]\nname = 'a'\nphrases = ['x']\n", r"my\.toml:1: rules are written \[\[rule\]\]"),
        ("rule = ['a']\n", r"my\.toml:1: rules are written \[\[rule\]\]"),
        ("[[rule]]\nname = 'a'\nphrases = ['x']\n" * 2, r"my\.toml:4: rule a is already defined in line 1"),
        (
            "[[rule]]\nname = 'promise'\nphrases = ['x']\n",
            r"my\.toml:1: rule promise: the name is taken by a rule of",
        ),
        ("[[rule]]\nname = 'soft-break'\nphrases = ['x']\n", r"my\.toml:1: rule soft-break: the name is taken"),
        ("[[rule]]\nname = 'pages'\nphrases = ['x']\n", r"my\.toml:1: rule pages: the name is taken by a stage"),
        ("[[rule]]\nname = 'a, b'\nphrases = ['x']\n", r"my\.toml:2: rule a, b: a name like"),
        ("[[rule]]\nphrases = ['x']\n", r"my\.toml:1: rule without a name: a name like"),
        ("[[rule]]\nname = 'a'\nphrases = []\n", r"my\.toml:2: rule a: it looks for nothing"),
        ("[[rule]]\nname = 'a'\nphrases = [' ']\n", r"my\.toml:3: rule a: phrases: a list of texts is wanted"),
        (
            "[[rule]]\nname = 'a'\nphrases = ['x']\nwhole = 'page'\n",
            r"my\.toml:4: rule a: whole: match, sentence, line",
        ),
        ("[[rule]]\nname = 'a'\npattern = 'x'\nreplacement = '\\1'\n", r"my\.toml:4: .* no group 1"),
        ("[[rule]]\nname = 'a'\npattern = 'x'\nreplacement = 'a\\z'\n", r"my\.toml:4: .* a backslash"),
    ],
)
def test_a_broken_pack_names_file_and_line(tmp_path, text, message):
    """One clear error, before any text is read."""
    with pytest.raises(FileError, match=message):
        load((write(tmp_path, text),))


def test_two_packs_with_one_name(tmp_path):
    """The second says where the first is."""
    text = "[[rule]]\nname = 'a'\nphrases = ['x']\n"
    first, second = tmp_path / "one.toml", tmp_path / "two.toml"
    first.write_text(text)
    second.write_text(text)
    with pytest.raises(FileError, match=r"two\.toml:1: rule a: the name is taken by .*one\.toml:1"):
        load((str(first), str(second)))


def test_a_pack_saved_by_a_windows_editor(tmp_path):
    """A byte order mark in front and CRLF line ends are no error; another encoding is, and says so."""
    path = tmp_path / "my.toml"
    path.write_bytes(b"\xef\xbb\xbf" + "[[rule]]\r\nname = 'a'\r\nphrases = ['求月票']\r\n".encode())
    assert load((str(path),))[0].phrases == ("求月票",)
    other = tmp_path / "gbk.toml"
    other.write_bytes("[[rule]]\nname = 'a'\nphrases = ['求月票']\n".encode("gbk"))
    with pytest.raises(FileError, match="save it as UTF-8"):
        load((str(other),))
