"""Looking before and after: --check, --diff, --report, --audit and restore, as commands."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner.cli import main

SAMPLES = Path(__file__).parents[1] / "samples"
MESSY = "他说：\u200b好。\r\n她也说好。\n".encode()
TIDY = "他说：好。\n她也说好。\n".encode()
LETTER = "这是一封很久以前写的信。\r\n".encode("gb18030")


def call(*args, stdin=b""):
    """The exit code, standard output and standard error of the command."""
    result = CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)
    return result.exit_code, result.stdout_bytes, result.stderr_bytes.decode()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to work in, with a folder of texts: one to be cleaned, one in another encoding, one that is fine."""
    monkeypatch.chdir(tmp_path)
    Path("texts/more").mkdir(parents=True)
    Path("texts/messy.txt").write_bytes(MESSY)
    Path("texts/more/letter.txt").write_bytes(LETTER)
    Path("texts/tidy.txt").write_bytes(TIDY)
    return tmp_path


def contents(top="."):
    """Every file below a folder."""
    return {str(path): path.read_bytes() for path in Path(top).rglob("*") if path.is_file()}


# ---------------------------------------------------------------- look first


@pytest.mark.usefixtures("folder")
def test_check_names_what_would_change():
    """On standard output, one name a line; nothing is written anywhere."""
    before = contents()
    code, out, said = call("--check", "texts")
    assert (code, out) == (1, b"texts/messy.txt\ntexts/more/letter.txt\n")
    assert "2 would change, 1 clean already" in said
    assert contents() == before


@pytest.mark.usefixtures("folder")
def test_check_of_one_file():
    """The same for one file and for standard input."""
    assert call("--check", "texts/messy.txt") == (1, b"texts/messy.txt\n", "")
    assert call("--check", "texts/tidy.txt") == (0, b"", "")
    assert call("--check", stdin=MESSY) == (1, b"-\n", "")


@pytest.mark.usefixtures("folder")
def test_check_fails_louder_than_it_finds():
    """A file that cannot be read is an error, whatever else was found."""
    Path("texts/more/book.txt").write_bytes(b"%PDF-1.4\n")
    code, out, said = call("--check", "texts")
    assert code == 2
    assert out == b"texts/messy.txt\ntexts/more/letter.txt\n"
    assert "book.txt" in said
    assert call("--check", "missing.txt")[0] == 2


@pytest.mark.usefixtures("folder")
def test_diff():
    """What would change, and why; looking is no error, unless --check says so."""
    before = contents()
    code, out, _ = call("--diff", "texts", "-j", "1")
    assert code == 0
    assert out.decode() == (
        "--- texts/messy.txt\n+++ texts/messy.txt, cleaned\n# 1 × line end written as LF\n"
        "@@ -1 +1 @@ zero-width\n-他说：[-<U+200B>-]好。\n+他说：好。\n"
        "--- texts/more/letter.txt (gb18030)\n+++ texts/more/letter.txt, cleaned (utf-8)\n"
        "# 1 × line end written as LF\n"
    )
    assert call("--diff", "--check", "texts/messy.txt")[0] == 1
    assert call("--diff", "texts/tidy.txt") == (0, b"", "")
    assert contents() == before


@pytest.mark.parametrize(("variable", "coloured"), [("", True), ("1", False)])
def test_colours_on_a_terminal(folder, variable, coloured):
    """Colours where somebody sees them, and none if NO_COLOR is set."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "NO_COLOR": variable, "TERM": "xterm"}
    command = [sys.executable, "-P", "-m", "cleaner", "--diff", folder / "texts" / "messy.txt"]
    with subprocess.Popen(command, stdout=follower, stderr=subprocess.PIPE, env=environment) as process:
        _, said = process.communicate(timeout=60)
    os.close(follower)
    with open(leader, "rb", buffering=0) as terminal:
        shown = terminal.read(4096)
    assert (process.returncode, said) == (0, b"")
    assert (b"\x1b[31m-" in shown) == coloured
    assert (b"[-<U+200B>-]" in shown) != coloured


@pytest.mark.parametrize("option", ["--check", "--diff"])
@pytest.mark.parametrize("place", [["-i"], ["-o", "x.txt"], ["--audit", "x.jsonl"]])
def test_looking_writes_nothing(folder, option, place):
    """Who asks for both meant one of them."""
    code, out, said = call(option, *place, folder / "texts" / "messy.txt")
    assert (code, out) == (2, b"")
    assert "write nothing" in said


# ---------------------------------------------------------------- the report


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("where", [["-o", "out"], ["--check"], ["--diff"]])
def test_report(where):
    """Every file is in it, the failed one too; people get the sum."""
    Path("texts/book.txt").write_bytes(b"%PDF-1.4\n")
    code, _, said = call("texts", *where, "--report", "report.json")
    assert code == 2
    told = json.loads(Path("report.json").read_bytes())
    found = {each["file"]: each for each in told["files"]}
    assert found["texts/messy.txt"]["rules"]["zero-width"] == {"edits": 1, "removed": 1, "inserted": 0}
    assert found["texts/more/letter.txt"]["encoding"] == "gb18030"
    assert found["texts/tidy.txt"]["status"] == "same"
    assert "PDF" in found["texts/book.txt"]["error"]
    assert told["summary"]["files"] == {"failed": 1, "cleaned": 2, "same": 1}
    assert "line-end" in said


@pytest.mark.usefixtures("folder")
def test_report_of_one_file():
    """The text goes where it went without the report."""
    code, out, said = call("texts/messy.txt", "--report", "report.json")
    assert (code, out) == (0, TIDY)
    assert json.loads(Path("report.json").read_bytes())["files"][0]["characters_after"] == 12
    assert "zero-width" in said
    assert call("-q", "texts/messy.txt", "--report", "report.json") == (0, TIDY, "")
    code, _, said = call("texts/messy.txt", "--report", "nowhere/report.json")
    assert code == 2
    assert "nowhere/report.json: no such file or folder" in said


# ---------------------------------------------------------------- audit and restore


@pytest.mark.usefixtures("folder")
def test_a_folder_there_and_back():
    """Cleaned in place and restored in place, nothing is other than it was."""
    before = contents("texts")
    assert call("-i", "texts", "--audit", "audit.jsonl")[0] == 0
    assert contents("texts") != before
    assert call("restore", "texts", "--audit", "audit.jsonl", "-o", "again") == (0, b"", "")
    assert contents("again") == {name.replace("texts", "again"): data for name, data in before.items()}
    assert call("restore", "texts", "--audit", "audit.jsonl", "-i") == (0, b"", "")
    assert contents("texts") == before


@pytest.mark.usefixtures("folder")
def test_one_of_many_cannot_be_restored():
    """It stays as it is and is named; the others come back."""
    call("-i", "texts", "--audit", "audit.jsonl")
    Path("texts/messy.txt").write_bytes(TIDY + b"!")
    code, out, said = call("restore", "texts", "--audit", "audit.jsonl", "-i")
    assert (code, out) == (2, b"")
    assert said == (
        "cleaner: texts/messy.txt: was altered since it was cleaned; only the text that was written can be restored\n"
    )
    assert Path("texts/messy.txt").read_bytes() == TIDY + b"!"
    assert Path("texts/more/letter.txt").read_bytes() == LETTER
    assert call("restore", "texts", "--audit", "audit.jsonl")[0] == 2
    code, _, said = call("restore", "texts", "--audit", "audit.jsonl", "-i", "--glob", "*.bin")
    assert (code, said) == (2, "cleaner: texts: no file matches *.bin; choose with --glob\n")
    assert call("restore", "texts", "--audit", "audit.jsonl", "-i", "--name", "x")[0] == 2


@pytest.mark.usefixtures("folder")
def test_restoring_elsewhere():
    """To standard output or to another file; the cleaned one stays."""
    call("texts", "-o", "out", "--audit", "audit.jsonl", "-j", "2")
    assert call("restore", "out/messy.txt", "--audit", "audit.jsonl") == (0, MESSY, "")
    assert call("restore", "out/more/letter.txt", "--audit", "audit.jsonl", "-o", "letter.txt") == (0, b"", "")
    assert Path("letter.txt").read_bytes() == LETTER
    assert Path("out/messy.txt").read_bytes() == TIDY


@pytest.mark.usefixtures("folder")
def test_one_audit_for_several_runs():
    """A later run adds to it; half a line left by a killed one does no harm."""
    call("texts/messy.txt", "-o", "a.txt", "--audit", "audit.jsonl")
    with open("audit.jsonl", "ab") as file:
        file.write(b'{"file":"half of a li')
    call("texts/more/letter.txt", "-o", "b.txt", "--audit", "audit.jsonl")
    assert call("restore", "a.txt", "--audit", "audit.jsonl")[1] == MESSY
    assert call("restore", "b.txt", "--audit", "audit.jsonl")[1] == LETTER


@pytest.mark.usefixtures("folder")
def test_the_audit_comes_first():
    """If it cannot be written, the file is not touched."""
    code, out, said = call("-i", "texts/messy.txt", "--audit", "nowhere/audit.jsonl")
    assert (code, out) == (2, b"")
    assert said.startswith("cleaner: nowhere/audit.jsonl: ")
    assert Path("texts/messy.txt").read_bytes() == MESSY


@pytest.mark.usefixtures("folder")
def test_compressed_files():
    """The text of a compressed file comes back, and that it is not the file itself is told."""
    import gzip

    Path("a.txt.gz").write_bytes(gzip.compress(LETTER))
    call("a.txt.gz", "-o", "out.txt.gz", "--audit", "audit.jsonl")
    code, out, said = call("restore", "out.txt.gz", "--audit", "audit.jsonl")
    assert (code, out) == (0, LETTER)
    assert "was compressed" in said


@pytest.mark.usefixtures("folder")
def test_decoding_is_audited_too():
    """--decode-only changes bytes as well."""
    call("texts/more/letter.txt", "--decode-only", "-o", "a.txt", "--audit", "audit.jsonl")
    assert call("restore", "a.txt", "--audit", "audit.jsonl")[1] == LETTER


@pytest.mark.usefixtures("folder")
def test_what_cannot_be_restored():
    """Altered, unknown, no audit at all: one line says which, and nothing is written."""
    call("-i", "texts/messy.txt", "--audit", "audit.jsonl")
    Path("texts/messy.txt").write_bytes(TIDY + b"!")
    Path("other.txt").write_bytes("别的。".encode())
    for args, word in [
        (("texts/messy.txt", "--audit", "audit.jsonl", "-i"), "texts/messy.txt: was altered since"),
        (("other.txt", "--audit", "audit.jsonl", "-o", "x.txt"), "other.txt: the audit has no record"),
        (("other.txt", "--audit", "missing.jsonl"), "missing.jsonl: no such file"),
        (("missing.txt", "--audit", "audit.jsonl"), "missing.txt: no such file"),
        (("-", "--audit", "audit.jsonl", "-i"), "name files"),
    ]:
        code, out, said = call("restore", *args)
        assert (code, out) == (2, b"")
        assert word in said
    assert Path("texts/messy.txt").read_bytes() == TIDY + b"!"
    assert not Path("x.txt").exists()


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.name)
def test_samples_there_and_back(sample, tmp_path):
    """Each sample, through the commands."""
    code, cleaned, _ = call(sample, "--audit", tmp_path / "audit.jsonl")
    assert code == 0
    assert call("restore", "-", "--audit", tmp_path / "audit.jsonl", stdin=cleaned)[1] == sample.read_bytes()
