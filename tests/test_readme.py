"""The README is true: its commands run, its output and its examples are what the tool does."""

import ast
import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner import clean, settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"(?ms)^```(\w+)\n(.*?)^```$", README)
GAP = "[…]\n"


def blocks(kind):
    return [text for found, text in BLOCKS if found == kind]


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """Run a line of the README beside the samples, with ``cleaner`` at hand, where it may write what it likes."""
    folder = tmp_path_factory.mktemp("bin")
    place = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "samples", place / "samples")
    command = folder / "cleaner"
    run = "from cleaner.cli import main; main(prog_name='cleaner')"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -c "{run}" "$@"\n')
    command.chmod(0o755)
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "COLUMNS": "80", "LC_ALL": "C.UTF-8"}

    def run_line(line):
        return subprocess.run(
            ["bash", "-c", line],
            cwd=place,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=60,
        )

    return run_line


# ---------------------------------------------------------------- commands

SESSIONS = [
    pytest.param(*part.split("\n", 1), id=part.split("\n", 1)[0])
    for text in blocks("console")
    for part in re.split(r"(?m)^\$ ", text)[1:]
]
LINES = [line for text in blocks("sh") for line in text.splitlines()]


@pytest.mark.parametrize(("command", "output"), SESSIONS)
def test_shown_output(shell, command, output):
    """What stands below a command is what it prints."""
    assert shell(command).stdout.decode() == output


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("cleaner ")])
def test_shown_commands_work(shell, line):
    """A command without its output ends well, too."""
    done = shell(line)
    assert done.returncode == 0, done.stdout.decode()


def test_the_help_is_shown_whole():
    """The help is among the sessions, so that a new option has to be told here."""
    assert any(case.values[0] == "cleaner -h" for case in SESSIONS)


@pytest.mark.parametrize("line", [line for line in LINES if not line.startswith("cleaner ")])
def test_lines_for_a_fresh_machine(shell, line):
    """Installing needs a network and is done by .ci/run; what the line runs afterwards is done here."""
    venv, install, run = line.split(" && ")
    assert venv == "python3 -m venv .venv"
    assert install in (".venv/bin/pip install .", ".venv/bin/pip install '.[test]'")
    if "cleaner" in run:
        assert install == ".venv/bin/pip install ."
        done = shell(run.removeprefix(".venv/bin/"))
        assert (done.returncode, done.stdout) == (0, (ROOT / "samples" / "expected" / "report.txt").read_bytes())
    else:
        assert (install, run) == (".venv/bin/pip install '.[test]'", ".venv/bin/pytest")


def test_ci_runs_the_test_command():
    """.ci/run takes the line from here, so the two cannot part."""
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    pattern = re.search(r"command=\$\(grep -m1 -F '([^']+)' README\.md\)\n", script)
    assert pattern
    first = next(line for line in README.splitlines() if pattern[1] in line)
    assert first in LINES
    assert 'bash -euc "$command"' in script


# ---------------------------------------------------------------- examples


@pytest.mark.parametrize("language", [0, 1], ids=["English", "Chinese"])
def test_the_damaged_page_and_the_clean_one(language):
    """Every line of the damaged page is in the sample, every line of the clean one in what becomes of it."""
    damaged, tidy = blocks("text")[2 * language : 2 * language + 2]
    result = clean((ROOT / "samples" / "report.txt").read_bytes())
    assert all(part.strip("\n") in result.source for part in damaged.split(GAP))
    for part in tidy.split(GAP):
        assert part.strip("\n") in result.text
        assert part.strip("\n") not in result.source


def rows(heading):
    """The rows of the table under the heading row ``heading``, without the code marks."""
    table = README.split(heading + "\n")[1].split("\n\n")[0].splitlines()[1:]
    return [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in table]


def text_of(cell):
    if cell.startswith("b'"):
        return ast.literal_eval(cell)
    return cell.replace("⏎", "\n").replace("·", "\u200b").replace(r"\r\n", "\r\n")


@pytest.mark.parametrize(("stage", "before", "after"), rows("| stage | before | after |"))
def test_what_it_does(stage, before, after):
    """The table of stages is what happens."""
    assert clean(text_of(before)).text == text_of(after)
    assert text_of(before) != text_of(after)


@pytest.mark.parametrize(("text", "why"), rows("| text | why it stays |"))
def test_what_it_leaves_alone(text, why):
    """The table of what stays is true, too."""
    assert clean(text_of(text)).edits == ()


def test_python_examples(monkeypatch):
    """The library's examples run one after the other."""
    monkeypatch.chdir(ROOT)
    source = "\n".join(blocks("python"))
    test = doctest.DocTestParser().get_doctest(source, {}, "README", "README.md", 0)
    report = []
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(test, out=report.append)
    assert test.examples
    assert runner.summarize(verbose=False).failed == 0, "".join(report)


def test_the_configuration_file_is_one(tmp_path):
    """What is shown of cleaner.toml can be read."""
    path = tmp_path / settings.NAME
    path.write_text(*blocks("toml"), "utf-8")
    assert settings.load(path)["skip"] == ["chrome"]


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)]+)\)", README))
def test_links(target):
    """Links inside the project lead somewhere."""
    if target.startswith("#"):
        assert re.search(rf"(?m)^#+ {target[1:]}$", README)
    else:
        assert (ROOT / target).exists()
