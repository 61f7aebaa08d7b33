"""Many files: what is taken, where it goes, what is told, and what is left when something goes wrong."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from cleaner.cli import main

COMMAND = (sys.executable, "-P", "-m", "cleaner")
MESSY = "他说：\u200b好。\r\n她也说好。\n".encode()
TIDY = "他说：好。\n她也说好。\n".encode()


def run(*args, stdin=b"", **options):
    """Run the command in a process of its own."""
    return subprocess.run([*COMMAND, *args], input=stdin, capture_output=True, check=False, timeout=60, **options)


def call(*args, stdin=b""):
    """Run the command in this process, which is quicker; gives the exit code and what it said."""
    result = CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)
    assert result.stdout_bytes == b""
    assert "Traceback" not in result.stderr
    return result.exit_code, result.stderr


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A folder of texts to clean, which is where we are."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, dict.fromkeys(("in/a.txt", "in/sub/b.txt", "in/sub/deep/c.txt"), MESSY))
    return tmp_path


def write(folder, texts):
    for name, data in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def files(folder):
    """All the files below a folder, hidden ones too, but for the journal."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".cleaner-journal"
    }


def all_tidy(names):
    return dict.fromkeys(names, TIDY)


# ---------------------------------------------------------------- inputs


def test_a_folder_is_mirrored(tree):
    """Of one folder, the tree below it; the sources stay as they are."""
    code, said = call("in", "-o", "out")
    assert code == 0
    assert "3 files in " in said
    assert "3 cleaned" in said
    assert files(tree / "out") == all_tidy(["a.txt", "sub/b.txt", "sub/deep/c.txt"])
    assert set(files(tree / "in").values()) == {MESSY}


def test_several_names_keep_their_paths(tree):
    """Folders and files together keep the paths from where we are."""
    assert call("in/sub/deep", "in/a.txt", tree / "in/sub/b.txt", "-o", "out")[0] == 0
    assert files(tree / "out") == all_tidy(["in/a.txt", "in/sub/b.txt", "in/sub/deep/c.txt"])


def test_a_file_from_elsewhere_keeps_its_whole_path(tree, monkeypatch):
    """So two shards of one list never write to one place."""
    monkeypatch.chdir(tree / "in" / "sub")
    assert call("b.txt", tree / "in" / "a.txt", "-o", "out")[0] == 0
    assert files(tree / "in/sub/out") == all_tidy(["b.txt", str(tree / "in/a.txt").lstrip("/")])
