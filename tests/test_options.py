"""The options of cleaning, the configuration file that gives their defaults, and the names they take."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner import Config, clean, settings
from cleaner.catalogue import UnknownName, check, rules, stages
from cleaner.cli import main
from cleaner.toml_files import FileError

SOURCE = "雨停了。\r\n云岫阁每日更新\r\n发现问 题及时报 告，不得延 误。\r\n"
PACK = "[[rule]]\nname = '云岫阁'\nphrases = ['云岫阁每日更新']\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to work in, with a pack, below the user's home."""
    inner = tmp_path / "home" / "books" / "new"
    inner.mkdir(parents=True)
    (inner / "my.toml").write_text(PACK, "utf-8")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(inner)
    return inner


def call(*args):
    result = CliRunner().invoke(main, args, input=SOURCE.encode())
    return result.exit_code, result.stdout_bytes.decode(), result.stderr


TIDY = "雨停了。\n云岫阁每日更新\n发现问题及时报告，不得延误。\n"


# ---------------------------------------------------------------- flags


def test_rules_of_your_own(folder):
    """--rules takes out what a pack names, and the rest works as ever."""
    assert call() == (0, TIDY, "")
    assert call("--rules", "my.toml") == (0, TIDY.replace("云岫阁每日更新\n", ""), "")


@pytest.mark.parametrize("args", [("--skip", "spaces,line-ends"), ("--skip", "stray-space", "--skip", "line-end")])
def test_skip(folder, args):
    """Stages and rules, in a list or one by one."""
    assert call(*args) == (0, SOURCE, "")


@pytest.mark.parametrize(
    ("args", "expect"),
    [
        (("--only", "line-ends"), SOURCE.replace("\r\n", "\n")),
        (("--only", "stray-space"), SOURCE.replace(" ", "")),
        (("--only", "own", "--rules", "my.toml"), SOURCE.replace("云岫阁每日更新\r\n", "")),
        (("--only", "云岫阁, line-end", "--rules", "my.toml"), "雨停了。\n发现问 题及时报 告，不得延 误。\n"),
        (("--only", "spaces,line-ends", "--skip", "line-end"), SOURCE.replace(" ", "")),
    ],
)
def test_only(folder, args, expect):
    """Nothing but these; what is skipped does not run either."""
    assert call(*args) == (0, expect, "")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--skip", "page-markr"), "no stage or rule is called page-markr; did you mean page-marker?"),
        (("--only", "Ads"), "no stage or rule is called Ads; did you mean ads?"),
        (("--skip", "qqqq"), "no stage or rule is called qqqq. See cleaner rules list"),
        (("--rules", "none.toml"), "none.toml: no such file or directory"),
    ],
)
def test_a_name_that_means_nothing(folder, args, words):
    """One line, exit code 2, nothing written."""
    code, out, err = call(*args)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err


def test_a_broken_pack(folder):
    """File and line are named."""
    (folder / "my.toml").write_text(PACK.replace("phrases", "phrase"), "utf-8")
    code, out, err = call("--rules", "my.toml")
    assert (code, out) == (2, "")
    assert err.startswith("cleaner: my.toml:3: rule 云岫阁: unknown key phrase; known are ")


def test_a_rule_that_takes_too_long_is_told(folder, monkeypatch):
    """The text comes all the same, without that rule."""
    monkeypatch.setattr("cleaner.stages.own.SECONDS", 0.05)
    (folder / "my.toml").write_text(PACK + "[[rule]]\nname = 'endless'\npattern = '(?:.*?,){30}完'\n", "utf-8")
    (folder / "book.txt").write_text("甲," * 3000 + "。\n云岫阁每日更新\n乙。\n", "utf-8")
    result = CliRunner().invoke(main, ["--rules", "my.toml", "book.txt"])
    assert (result.exit_code, result.stdout) == (0, "甲," * 3000 + "。\n乙。\n")
    assert result.stderr.startswith("cleaner: book.txt: rule endless (my.toml:4) takes too long and is switched off")


# ---------------------------------------------------------------- cleaner.toml


@pytest.mark.parametrize("place", [".", "..", "../.."])
def test_the_file_is_found_upward(folder, place):
    """From the working folder to the user's home; the nearest wins, and packs are named relative to it."""
    (folder / place / "cleaner.toml").write_text("rules = 'packs/my.toml'\nskip = ['spaces']\n", "utf-8")
    (folder / place / "packs").mkdir()
    (folder / place / "packs" / "my.toml").write_text(PACK, "utf-8")
    assert call() == (0, "雨停了。\n发现问 题及时报 告，不得延 误。\n", "")
    assert call("--no-config") == (0, TIDY, "")


def test_above_home_nothing_is_looked_for(folder):
    """What stands there is somebody else's."""
    (folder / "../../../cleaner.toml").write_text("skip = 'spaces'\n")
    assert call()[1] == TIDY


def test_flags_win(folder):
    """An option on the command line replaces what the file says of it, and only that."""
    Path("cleaner.toml").write_text(
        "newline = 'crlf'\nskip = 'spaces'\nparagraphs = 'blank'\nguard = 0\nstrict = true\n"
    )
    assert (
        call("--newline", "lf", "--paragraphs", "lines")[1]
        == "雨停了。\n云岫阁每日更新\n发现问 题及时报 告，不得延 误。\n"
    )
    assert call("--skip", "ads", "--paragraphs", "lines")[1] == TIDY.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("newlines = 'lf'\n", "cleaner.toml:1: unknown key newlines; known are encoding, strict, newline"),
        ("\nnewline = 'cr'\n", "cleaner.toml:2: newline: one of lf, crlf, keep is wanted"),
        ("skip = [1]\n", "cleaner.toml:1: skip: a text or a list of texts is wanted"),
        ("strict = 'yes'\n", "cleaner.toml:1: strict: true or false is wanted"),
        ("guard = true\n", "cleaner.toml:1: guard: a number of percent is wanted"),
        ("guard = 101\n", "cleaner.toml:1: guard: a number of percent is wanted"),
        ("encoding = ''\n", "cleaner.toml:1: encoding: the name of an encoding is wanted"),
        ("skip = 'spaces\n", "cleaner.toml:1: "),
        ("skip = 'spces'\n", "no stage or rule is called spces; did you mean spaces?"),
        ("rules = 'none.toml'\n", "none.toml: no such file"),
    ],
)
def test_a_broken_file(folder, text, message):
    """One line that names file and line."""
    Path("cleaner.toml").write_text(text)
    code, out, err = call()
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err


def test_every_setting_of_the_library_can_stand_in_the_file():
    """A new one is entered in both places."""
    import dataclasses

    assert {field.name for field in dataclasses.fields(Config)} == set(settings._KEYS)


def test_a_config_file_that_cannot_be_read(tmp_path):
    """The message is that of all TOML files."""
    (tmp_path / "cleaner.toml").write_bytes(b"skip = '\xff'\n")
    with pytest.raises(FileError, match="not UTF-8"):
        settings.load(tmp_path / "cleaner.toml")


# ---------------------------------------------------------------- names


def test_stages_come_in_their_order():
    """A stage that runs twice has one name."""
    assert len(stages()) == len(set(stages()))
    assert {"own", "ads", "pages"} <= set(stages())


def test_every_rule_has_one_line_of_reason_and_a_stage():
    """What a list shows; two stages may share a rule."""
    every = rules()
    assert len({(rule.name, rule.stage) for rule in every}) == len(every)
    assert all(rule.reason and "\n" not in rule.reason and rule.stage in stages() for rule in every)


def test_names_are_checked_with_those_of_the_packs(folder):
    """A user's rule can be switched off by its name, once its pack is there."""
    check(["云岫阁"], ("my.toml",))
    with pytest.raises(UnknownName):
        check(["云岫阁"])


def _texts():
    import tomllib

    root = Path(__file__).parent
    for path in sorted(root.rglob("cases/*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            yield case.get("source", "")
    for path in [*sorted(root.rglob("documents/*/*/source")), *sorted(root.parent.glob("samples/*.txt"))]:
        yield path.read_bytes()


def test_every_edit_has_a_rule_of_the_catalogue():
    """A rule that acts under a name nobody can look up is entered in data/procedures.toml."""
    known = {rule.name for rule in rules()}
    acted = {edit.rule for text in _texts() for edit in clean(text, Config(paragraphs="blank")).edits}
    assert acted <= known


def test_every_procedure_has_its_name_in_the_code():
    """A rule that is gone leaves the list."""
    package = Path(settings.__file__).parent
    code = "".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    procedures = [rule.name for rule in rules() if rule.file.endswith("procedures.toml")]
    assert [name for name in procedures if f'"{name}"' not in code] == []
