"""The packs: every rule removes and keeps what it says; a broken pack is one clear error."""

from pathlib import Path

import pytest

from cleaner import Config, clean
from cleaner.config import DEFAULT
from cleaner.draft import Draft
from cleaner.edits import apply
from cleaner.outline import sketches
from cleaner.rules import Rule, RuleError, builtin, every_builtin, load
from cleaner.shadow import squeeze
from cleaner.stages import ads, markup
from cleaner.toml_files import FileError

BEFORE = "雨下了一夜，河水漫过了石阶，摆渡的老人把船拴在柳树上。\n"
AFTER = "天亮的时候，对岸有人喊他的名字，他披上蓑衣走了出去。\n"
RULES = [*builtin("ads"), *builtin("markup")]
# Of a rule that runs in two stages the first has the examples.
PROCEDURES = list({rule.name: rule for rule in reversed(every_builtin()) if not rule.pattern}.values())
# This one is no repair: it is asked for.
ASKED = {"paragraph-style": Config(paragraphs="blank")}


def run(rule: Rule, source: str) -> str:
    stages = (ads.propose, ads.propose_inside) if rule.stage == "ads" else (markup.propose,)
    for stage in stages:
        source = apply(source, sorted(stage(Draft(source), DEFAULT)))
    return source


def examples(kind: str, rules: list[Rule] = RULES) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.name}: {example[:24]}")
        for rule in rules
        for example in getattr(rule, kind)
    ]


@pytest.mark.parametrize(("rule", "example"), examples("removes"))
def test_removes(rule: Rule, example: str) -> None:
    text = squeeze(example) if rule.stage == "ads" else example
    assert rule.possible(text), "no hint of the rule in its own example"
    assert rule.compiled.search(text), "the rule does not match its own example"
    cleaned = run(rule, f"{BEFORE}{example}\n{AFTER}")
    assert example not in cleaned
    assert cleaned.startswith(BEFORE)
    assert cleaned.endswith(AFTER)


@pytest.mark.parametrize(("rule", "example"), examples("keeps"))
def test_keeps(rule: Rule, example: str) -> None:
    source = f"{BEFORE}{example}\n{AFTER}"
    if rule.stage == "ads":
        assert run(rule, source) == source
    else:  # one rule's example may be what another removes
        assert rule.name not in {edit.rule for edit in markup.propose(Draft(source), DEFAULT)}


@pytest.mark.parametrize("stage", ["ads", "markup"])
def test_outline_is_true(stage: str) -> None:
    """What is read of the rules beforehand is what they say."""
    for sketch, rule in zip(sketches(stage), builtin(stage), strict=True):
        assert sketch.rule is rule
        seen = (sketch.kind, sketch.weight, sketch.hints, sketch.needs)
        assert seen == (rule.kind, rule.weight, rule.hints, rule.needs)
        assert sketch.hints, "a rule without hints would be possible everywhere"


def acts(rule: Rule, source: str) -> bool:
    return rule.name in {edit.rule for edit in clean(source, ASKED.get(rule.name, DEFAULT)).edits}


@pytest.mark.parametrize(("rule", "example"), examples("removes", PROCEDURES))
def test_a_procedure_removes(rule: Rule, example: str) -> None:
    assert acts(rule, example)


@pytest.mark.parametrize(("rule", "example"), examples("keeps", PROCEDURES))
def test_a_procedure_keeps(rule: Rule, example: str) -> None:
    assert not acts(rule, example)


@pytest.mark.parametrize("rule", PROCEDURES, ids=[rule.name for rule in PROCEDURES])
def test_a_procedure_is_finished(rule: Rule) -> None:
    assert rule.reason
    assert len(rule.removes) >= 2
    assert len(rule.keeps) >= 2


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_is_finished(rule: Rule) -> None:
    assert rule.kind
    assert rule.reason
    assert len(rule.removes) >= 2
    assert len(rule.keeps) >= 2


def test_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


GOOD = '[[rule]]\nname = "a-b"\nreason = "r"\npattern = "x"\nremoves = ["x", "xx"]\nkeeps = ["y", "z"]\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[rule]\nname = "a"', r"pack.toml:1: "),
        (GOOD + GOOD, r"pack.toml:7: rule a-b is already defined in line 1"),
        (GOOD.replace("a-b", "A b"), r"pack.toml:2: rule A b: a name like page-dashes is wanted"),
        (GOOD.replace("pattern", "patern"), r"pack.toml:4: rule a-b: unknown key patern"),
        (GOOD.replace('"x"\n', '"{wares}"\n', 1), r"pack.toml:4: rule a-b: no words named wares"),
        (GOOD.replace('pattern = "x"', ""), r"pack.toml:2: rule a-b: either pattern or phrases is wanted"),
        (GOOD.replace('["y", "z"]', '"y"'), r"pack.toml:6: rule a-b: keeps: a list of texts is wanted"),
    ],
)
def test_a_broken_pack_names_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "pack.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match=message):
        load(path)


def test_a_bad_pattern_is_told_when_it_is_compiled(tmp_path: Path) -> None:
    path = tmp_path / "pack.toml"
    path.write_text(GOOD.replace('"x"\n', '"("\n', 1), encoding="utf-8")
    with pytest.raises(RuleError, match=r"pack.toml:4: rule a-b: bad pattern"):
        _ = load(path)[0].compiled


def test_phrases_are_literal_and_their_own_hints(tmp_path: Path) -> None:
    path = tmp_path / "pack.toml"
    path.write_text(GOOD.replace('pattern = "x"', 'phrases = ["a.b", "c"]'), encoding="utf-8")
    rule = load(path)[0]
    assert rule.hints == ("a.b", "c")
    assert not rule.compiled.search("axb")


def test_a_missing_pack_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"none\.toml: no such file"):
        load(tmp_path / "none.toml")
