"""Purification rules of reading programs become a pack; what cannot is told with the reason."""

import json

import pytest
from click.testing import CliRunner

from cleaner import Config, clean
from cleaner.cli import main
from cleaner.errors import CleanerError
from cleaner.reader_rules import pack, read
from cleaner.rules import own


def rule(**keys):
    return {"name": "去广告", "pattern": "云岫阁", "replacement": "", "isRegex": False, "isEnabled": True, **keys}


def taken(*rules, scope=None):
    return read(json.dumps(rules).encode(), scope)


def cleaned(tmp_path, text, *rules):
    """``text`` as the pack made of ``rules`` leaves it."""
    found, left = taken(*rules)
    assert left == []
    path = tmp_path / "pack.toml"
    path.write_text(pack(found), "utf-8")
    assert len(own((str(path),))) == len(rules)
    return clean(text, Config(rules=(str(path),), only=frozenset({"own"}), guard=None)).text


@pytest.mark.parametrize(
    ("keys", "text", "expect"),
    [
        ({"pattern": "更新.快"}, "雨停了。更新.快她走了。更新最快", "雨停了。她走了。更新最快"),
        ({"pattern": "更新.快", "isRegex": True}, "更新.快，更新最快", "，"),
        ({"pattern": "X公司", "replacement": "$1\\"}, "X公司来了", "$1\\来了"),
        ({"pattern": "(杀)\\*(了)", "replacement": "$1$2", "isRegex": True}, "他杀*了它", "他杀了它"),
        ({"pattern": "(?<a>杀)\\*", "replacement": "${a}\\$", "isRegex": True}, "他杀*了它", "他杀$了它"),
        ({"pattern": "(杀)\\*", "replacement": "$12", "isRegex": True}, "他杀*了它", "他杀2了它"),
        ({"pattern": "\\*+", "replacement": "[$0]\\\\", "isRegex": True}, "他**了", "他[**]\\了"),
        ({"pattern": "\\Q(a.b)\\E\\x{4e00}", "isRegex": True}, "甲(a.b)一乙(axb)一", "甲乙(axb)一"),
        ({"pattern": "(?<a>[啊哦])\\k<a>+", "replacement": "$1", "isRegex": True}, "啊啊啊！哦", "啊！哦"),
        ({"pattern": "'\\d'", "isRegex": True}, "甲'1'乙", "甲乙"),
        ({"pattern": "[\\u4e00-\\u9fa5]{2}阁", "isRegex": True}, "一云岫阁", "一"),
        ({"pattern": "《\\p{Han}{name}》", "isRegex": True}, "甲《三{name}》", "甲"),
        ({"pattern": '他说"\n\t好', "replacement": "说：\n好"}, '他说"\n\t好。', "说：\n好。"),
    ],
)
def test_it_does_what_it_did(tmp_path, keys, text, expect):
    """Literal or Java pattern, with its replacement."""
    assert cleaned(tmp_path, text, rule(**keys)) == expect


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"replacement": "@js:result.replace('a','b')", "isRegex": True}, "its replacement is a program"),
        ({"isEnabled": False}, "it is switched off"),
        ({"scope": "夜航船"}, "it is only for 夜航船; --scope takes it over, for every text"),
        ({"scopeTitle": True, "scopeContent": False}, "it is only for titles of chapters"),
        ({"pattern": " "}, "it has no pattern"),
        ({"pattern": None}, "it has no pattern"),
        ({"pattern": "(a", "isRegex": True}, "its pattern means nothing here: missing )"),
        ({"pattern": "\\p{javaLowerCase}", "isRegex": True}, "its pattern means nothing here: unknown property"),
        ({"pattern": "[a-z&&[^b]]", "isRegex": True}, "its pattern intersects classes"),
        ({"replacement": "$2", "isRegex": True}, "its replacement names a group 2"),
        ({"replacement": "${x}", "isRegex": True}, "its replacement names a group x"),
        ({"pattern": "\ud83d"}, "it holds half a character"),
    ],
)
def test_what_cannot_be_taken_over_is_told(keys, reason):
    """With the name it has in the reading program; the others are taken."""
    found, left = taken(rule(**keys), rule(name="好的"))
    assert [each.name for each in found] == ["好的"]
    assert len(left) == 1
    assert left[0].startswith(f"去广告: {reason}")


def test_a_scope_can_be_named():
    """Then its rules hold for every text, and those of other scopes are left."""
    found, left = taken(rule(scope="夜航船,渡口"), rule(scope="石桥"), scope="渡口")
    assert (len(found), len(left)) == (1, 1)


def test_order_group_and_names(tmp_path):
    """In the order of the program; names are made fit and unique, and no built-in rule's."""
    rules = [
        rule(name="【去】XX 站-V2", order=2, pattern="甲甲甲甲"),
        rule(name="Promise", order=1, pattern="乙乙乙乙", group="novel\nsites"),
        rule(name="去-xx-站-v2", order=3, pattern="丙丙丙丙"),
        rule(name="！", pattern="丁丁丁丁"),
        {"pattern": "戊戊戊戊", "isRegex": False, "order": 4},
    ]
    found, _ = taken(*rules)
    assert [each.name for each in found] == ["rule", "promise-2", "去-xx-站-v2", "去-xx-站-v2-2", "rule-5"]
    assert "[[rule]]  # novel sites\n" in pack(found)
    assert cleaned(tmp_path, "甲甲甲甲乙乙乙乙丙丙丙丙丁丁丁丁戊戊戊戊。", *rules) == "。"


def test_the_older_form():
    """Other names for the same keys."""
    old = {"replaceSummary": "旧", "regex": "云.阁", "enable": True, "isRegex": True, "serialNumber": 1, "useTo": ""}
    found, left = taken(old)
    assert [(each.name, each.text, each.literal) for each in found] == [("旧", "云.阁", False)]
    assert left == []


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b'"x"', b"\xff\xfe"])
def test_what_holds_no_rules(data):
    """An error, no empty pack."""
    with pytest.raises(CleanerError):
        read(data)


def test_the_command(tmp_path, monkeypatch):
    """The pack goes to a file or standard output, the report to standard error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.json").write_text(json.dumps([rule(), rule(isEnabled=False)]), "utf-8")
    said = "cleaner: in.json: 去广告: it is switched off\ncleaner: in.json: taken over: 1, left out: 1\n"
    shown = CliRunner().invoke(main, ["rules", "import", "in.json"])
    assert (shown.exit_code, shown.stderr) == (0, said)
    done = CliRunner().invoke(main, ["rules", "import", "in.json", "-o", "out.toml"])
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", said)
    assert (tmp_path / "out.toml").read_text("utf-8") == shown.stdout
    assert own(("out.toml",))[0].phrases == ("云岫阁",)
    broken = CliRunner().invoke(main, ["rules", "import", "-"], input=b"{}x")
    assert (broken.exit_code, broken.stdout) == (2, "")
    assert broken.stderr.startswith("cleaner: standard input: no JSON: ")
