"""Many files: what is taken, where it goes, what is told, and what is left when something goes wrong."""

import bz2
import gzip
import json
import lzma
import os
import pty
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner import files
from cleaner.cli import main

COMMAND = (sys.executable, "-P", "-m", "cleaner")
MESSY = "他说：\u200b好。\r\n她也说好。\n".encode()
TIDY = "他说：好。\n她也说好。\n".encode()
TREE = ("a.txt", "sub/b.txt", "sub/deep/c.txt")
LEFT_BEHIND = ".cleaner-0123456789ab.tmp"


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
    """A folder with the folder ``in`` of texts to clean; it is where we are."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "in", dict.fromkeys(TREE, MESSY))
    return tmp_path


def write(folder, texts):
    for name, data in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def content(folder):
    """All the files below a folder, hidden ones too, but for the journal."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".cleaner-journal"
    }


def tidy(*names):
    return dict.fromkeys(names, TIDY)


# ---------------------------------------------------------------- inputs


def test_a_folder_is_mirrored(tree):
    """Of one folder, the tree below it; the sources stay as they are."""
    code, said = call("in", "-o", "out")
    assert code == 0
    assert said.startswith("cleaner: 3 files in ")
    assert said.endswith(": 3 cleaned\n")
    assert content(tree / "out") == tidy(*TREE)
    assert set(content(tree / "in").values()) == {MESSY}


def test_several_names_keep_their_paths(tree):
    """Folders and files together keep the paths from where we are; a file named twice is one file."""
    assert call("in/sub/deep", "in/a.txt", tree / "in/sub/b.txt", "in/a.txt", "-o", "out")[0] == 0
    assert content(tree / "out") == tidy(*(f"in/{name}" for name in TREE))


def test_a_file_from_elsewhere_keeps_its_whole_path(tree, monkeypatch):
    """So two runs over parts of one list never write to one place."""
    monkeypatch.chdir(tree / "in" / "sub")
    assert call("b.txt", tree / "in" / "a.txt", "-o", "out")[0] == 0
    assert content(tree / "in/sub/out") == tidy("b.txt", str(tree / "in/a.txt").lstrip("/"))


@pytest.mark.parametrize(
    ("globs", "names"),
    [
        ((), {"a.txt", "B.TXT", "c.txt.gz", "sub/d.txt"}),
        (("*.md",), {"e.md"}),
        (("*.md", "a.*"), {"a.txt", "e.md"}),
        (("sub/*",), {"sub/d.txt"}),
        (("*.gz",), {"c.txt.gz"}),
    ],
    ids=["texts", "one", "two", "a path", "compressed"],
)
def test_what_is_taken_from_a_folder(tmp_path, monkeypatch, globs, names):
    """By default texts, compressed or not; never what is hidden."""
    monkeypatch.chdir(tmp_path)
    plain = ("a.txt", "B.TXT", "sub/d.txt", "e.md", ".hidden.txt", ".git/f.txt", "picture.jpg", f"sub/{LEFT_BEHIND}")
    write(tmp_path / "in", {**dict.fromkeys(plain, MESSY), "c.txt.gz": gzip.compress(MESSY)})
    assert call("in", "-o", "out", *(part for glob in globs for part in ("--glob", glob)))[0] == 0
    assert set(content(tmp_path / "out")) == names


def test_what_is_hidden_is_taken_when_it_is_named(tmp_path, monkeypatch):
    """Whoever names it wants it."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, dict.fromkeys((".notes/a.txt", ".b.txt"), MESSY))
    assert call(".notes", ".b.txt", "-o", "out")[0] == 0
    assert content(tmp_path / "out") == tidy(".b.txt", ".notes/a.txt")


def test_links(tree):
    """A loop of links has an end. A link to a file is read, but not written through."""
    (tree / "in/sub/loop").symlink_to(tree / "in")
    (tree / "elsewhere.txt").write_bytes(MESSY)
    (tree / "in/link.txt").symlink_to(tree / "elsewhere.txt")
    assert call("in", "-o", "out")[0] == 0
    assert content(tree / "out") == tidy("link.txt", *TREE)
    assert call("-i", "in")[0] == 0
    assert (tree / "elsewhere.txt").read_bytes() == MESSY
    assert (tree / "in/link.txt").is_symlink()


def test_the_output_folder_is_no_input(tree):
    """A second run over the folder that holds the output too does not clean the output."""
    for _ in range(2):
        assert call(".", "-o", "out")[0] == 0
        assert content(tree / "out") == tidy(*(f"in/{name}" for name in TREE))


@pytest.mark.parametrize(("separator", "options"), [(b"\n", ()), (b"\0", ("-0",))], ids=["lines", "NUL"])
@pytest.mark.parametrize("source", ["-", "list"])
def test_a_list_of_files(tree, separator, options, source):
    """From a file or from standard input, with or without the last separator; folders in it do no harm."""
    names = separator.join([b"in", b"in/a.txt", b"in/sub", b"", b"in/sub/b.txt", b"in/sub/deep/c.txt"])
    (tree / "list").write_bytes(names + separator)
    done = call("--files-from", source, *options, "-o", "out", stdin=names)
    assert done[0] == 0
    assert content(tree / "out") == tidy(*(f"in/{name}" for name in TREE))


def test_a_name_with_a_newline(tmp_path, monkeypatch):
    """Only NUL parts such names; what is said of one stays on one line."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"a\nb.txt": MESSY, "c.txt": b"%PDF-1.4\n", "d\n.txt": b"%PDF-1.4\n"})
    code, said = call("--files-from", "-", "-0", "-o", "out", stdin=b"a\nb.txt\0d\n.txt")
    assert code == 2
    assert content(tmp_path / "out") == tidy("a\nb.txt")
    assert said.startswith("cleaner: d\\n.txt: ")
    assert said.count("\n") == 2


def test_a_name_that_is_not_utf8(tmp_path):
    """It is read, written, and told in a way that can be printed."""
    for name in (b"in/\xff\xfe.txt", b"in/bad\xff.txt"):
        path = os.path.join(os.fsencode(tmp_path), name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        try:
            Path(os.fsdecode(path)).write_bytes(b"%PDF-1.4\n" if b"bad" in name else MESSY)
        except OSError:
            pytest.skip("this device takes no name that is not UTF-8")
    done = run("in", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert b"cleaner: in/bad\\xff.txt: " in done.stderr
    assert content(tmp_path / "out") == tidy(os.fsdecode(b"\xff\xfe.txt"))
    resumed = run("in", "-o", "out", "--resume", cwd=tmp_path)
    assert b"1 done before, 1 failed" in resumed.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("in",), "give -o FOLDER, or -i"),
        (("in/a.txt", "in/sub/b.txt"), "give -o FOLDER, or -i"),
        (("in", "-o", "-"), "give -o FOLDER, or -i"),
        (("in", "-i", "-o", "out"), "give one of the two"),
        (("in/a.txt", "--backup", ".old"), "--backup goes with -i"),
        (("in/a.txt", "-i", "--backup", "x/y"), "--backup goes with -i"),
        (("-i",), "standard input cannot be cleaned in place"),
        (("in", "-o", "out", "--glob", "*.md"), "no file matches *.md"),
        (("--files-from", "-", "-o", "out"), "no file is named in it"),
        (("--files-from", "missing", "-o", "out"), "missing: no such file"),
        (("in", "-o", "in/a.txt"), "in/a.txt: "),
        (("in", "-j", "0", "-o", "out"), "not in the range"),
    ],
)
def test_what_makes_no_sense_is_refused(tree, args, words):
    """Before anything is written, with a word on what to do."""
    code, said = call(*args)
    assert code == 2
    assert words in said
    assert content(tree) == {f"in/{name}": MESSY for name in TREE}


# ---------------------------------------------------------------- outputs


def test_in_place(tree):
    """Only what changes is written; a file that is clean keeps its time."""
    (tree / "in/clean.txt").write_bytes(TIDY)
    os.utime(tree / "in/clean.txt", (1, 1))
    code, said = call("-i", "in")
    assert code == 0
    assert "3 cleaned, 1 clean already" in said
    assert content(tree / "in") == tidy("clean.txt", *TREE)
    assert (tree / "in/clean.txt").stat().st_mtime == 1


@pytest.mark.parametrize("many", [False, True])
def test_backup(tree, many):
    """The original stays beside the text, if there was anything to clean."""
    (tree / "in/clean.txt").write_bytes(TIDY)
    for name in ("in",) if many else ("in/a.txt", "in/clean.txt"):
        assert call("-i", name, "--backup", ".orig")[0] == 0
    names = TREE if many else TREE[:1]
    for name in names:
        assert (tree / "in" / name).read_bytes() == TIDY
        assert (tree / "in" / f"{name}.orig").read_bytes() == MESSY
    assert len(content(tree / "in")) == 4 + len(names)


def test_a_backup_is_never_lost(tree):
    """An older backup may be the only original there is."""
    (tree / "in/a.txt.orig").write_bytes(b"older")
    code, said = call("-i", "in/a.txt", "--backup", ".orig")
    assert code == 2
    assert "a.txt.orig is there already" in said
    assert (tree / "in/a.txt").read_bytes() == MESSY
    assert (tree / "in/a.txt.orig").read_bytes() == b"older"


def test_a_backup_made_by_a_killed_run(tree):
    """A run killed between the backup and the text is taken up as if nothing had happened."""
    os.link(tree / "in/a.txt", tree / "in/a.txt.orig")
    assert call("-i", "in/a.txt", "--backup", ".orig")[0] == 0
    assert (tree / "in/a.txt").read_bytes() == TIDY
    assert (tree / "in/a.txt.orig").read_bytes() == MESSY


@pytest.mark.parametrize("options", [("-i",), ("-o", "out")])
def test_permissions_stay(tree, options):
    """Nobody may read the text who might not read the source."""
    (tree / "in/a.txt").chmod(0o640)
    (tree / "in/sub/b.txt").chmod(0o400)
    assert call("in", *options)[0] == 0
    folder = tree / ("in" if options == ("-i",) else "out")
    assert stat.S_IMODE((folder / "a.txt").stat().st_mode) == 0o640
    assert stat.S_IMODE((folder / "sub/b.txt").stat().st_mode) == 0o400


@pytest.mark.parametrize(("suffix", "codec"), [(".gz", gzip), (".bz2", bz2), (".xz", lzma)])
def test_compressed_files(tmp_path, monkeypatch, suffix, codec):
    """Read and written by their suffix; to standard output goes the plain text."""
    monkeypatch.chdir(tmp_path)
    name = f"a.txt{suffix}"
    write(tmp_path / "in", {name: codec.compress(MESSY), "b.txt": MESSY})
    assert run(f"in/{name}").stdout == TIDY
    assert call("in", "-o", "out")[0] == 0
    assert codec.decompress((tmp_path / "out" / name).read_bytes()) == TIDY
    assert call("in/b.txt", "-o", f"b{suffix}")[0] == 0
    assert codec.decompress((tmp_path / f"b{suffix}").read_bytes()) == TIDY
    assert call("-i", f"in/{name}")[0] == 0
    assert codec.decompress((tmp_path / "in" / name).read_bytes()) == TIDY


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz"])
@pytest.mark.parametrize("damage", ["cut short", "only called so"])
def test_damaged_compressed_files(tmp_path, suffix, damage):
    """Nothing of them comes out; the message says what is wrong."""
    codec = {".gz": gzip, ".bz2": bz2, ".xz": lzma}[suffix]
    path = tmp_path / f"a.txt{suffix}"
    path.write_bytes(codec.compress(MESSY * 100)[:-10] if damage == "cut short" else MESSY)
    code, said = call(path)
    assert code == 2
    assert f"a.txt{suffix}: is not a whole {suffix} file" in said


def test_two_inputs_for_one_output(tree):
    """The second is refused, and nothing of the first is lost."""
    (tree / "in/link.txt").symlink_to("a.txt")
    code, said = call("-i", "in/a.txt", "in/link.txt")
    assert code == 2
    assert "in/link.txt: another file goes to in/link.txt too" in said
    assert (tree / "in/a.txt").read_bytes() == TIDY


def test_no_input_is_written_over_by_accident(tree):
    """Neither the file itself nor another input."""
    write(tree, {"in/in/a.txt": b"%PDF-1.4\n"})
    assert call("in/a.txt", "in/in/a.txt", "-o", "in")[0] == 2
    assert (tree / "in/in/a.txt").read_bytes() == b"%PDF-1.4\n"
    code, said = call("in", "-o", "in")
    assert code == 2
    assert said.count("its text would replace the input") == 4
    assert {name: data for name, data in content(tree / "in").items() if name in TREE} == dict.fromkeys(TREE, MESSY)


# ---------------------------------------------------------------- what goes wrong


def test_one_bad_file_does_not_stop_the_others(tree):
    """It is named as it comes, and counted at the end; an empty file is a text."""
    write(tree / "in", {"book.txt": b"%PDF-1.4\n", "empty.txt": b""})
    code, said = call("in", "in/missing.txt", "-o", "out", "-j", "2")
    assert code == 2
    bad, missing, summary = said.splitlines()
    assert bad.startswith("cleaner: in/book.txt: ")
    assert missing.startswith("cleaner: in/missing.txt: no such file")
    assert summary.startswith("cleaner: 6 files in ")
    assert summary.endswith(": 3 cleaned, 1 clean already, 2 failed")
    assert content(tree / "out") == {**tidy(*(f"in/{name}" for name in TREE)), "in/empty.txt": b""}


def test_a_pipe_among_files(tree):
    """Nothing waits for it; by itself it is read."""
    os.mkfifo(tree / "in/pipe.txt")
    code, said = call("in", "in/pipe.txt", "-o", "out")
    assert code == 2
    assert "in/pipe.txt: is no ordinary file" in said
    assert content(tree / "out") == tidy(*(f"in/{name}" for name in TREE))
    with subprocess.Popen([*COMMAND, "in/pipe.txt"], stdout=subprocess.PIPE) as process:
        (tree / "in/pipe.txt").write_bytes(MESSY)
        assert process.communicate(timeout=60)[0] == TIDY


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write in every folder")
def test_a_folder_that_is_read_only(tree):
    """Its files are reported, those elsewhere are cleaned."""
    (tree / "in/sub").chmod(0o500)
    try:
        code, said = call("-i", "in")
    finally:
        (tree / "in/sub").chmod(0o700)
    assert code == 2
    assert "in/sub/b.txt: permission denied" in said
    assert content(tree / "in") == {"a.txt": TIDY, "sub/b.txt": MESSY, "sub/deep/c.txt": TIDY}


def test_a_folder_where_a_file_should_be(tree):
    """What cannot be made is told with the name of the file it was for."""
    write(tree, {"out/sub": b"in the way"})
    code, said = call("in", "-o", "out")
    assert code == 2
    assert "out/sub" in said
    assert content(tree / "out") == {"a.txt": TIDY, "sub": b"in the way"}


def limited(size):
    """Run before the command: no file may become larger."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.parametrize("options", [("-i",), ("-o", "out")])
def test_no_room(tree, options):
    """A text that cannot be written whole is not written at all; the others are."""
    write(tree / "in", {"large.txt": MESSY * 1000})
    done = run("in", *options, cwd=tree, preexec_fn=limited(len(MESSY) * 100))
    assert done.returncode == 2
    assert b"large.txt: would become larger than a file may be here; nothing was written" in done.stderr
    texts = content(tree / ("in" if options == ("-i",) else "out"))
    assert texts.pop("large.txt", MESSY * 1000) == MESSY * 1000
    assert texts == tidy(*TREE)


def test_no_room_for_the_journal(tree):
    """The work goes on; what is not noted is done again by the next run."""
    names = [f"{number:02}.txt" for number in range(80)]
    write(tree / "in", dict.fromkeys(names, MESSY))
    done = run("in", "-o", "out", cwd=tree, preexec_fn=limited(5000))
    assert done.returncode == 0
    missed = done.stderr.count(b"is not in the journal: would become larger than a file may be here")
    assert 0 < missed < 83
    assert content(tree / "out") == tidy(*names, *TREE)
    assert f"{missed} cleaned, {83 - missed} done before" in call("in", "-o", "out", "--resume")[1]


def test_a_file_changed_meanwhile(tmp_path):
    """What somebody wrote while we cleaned is not written over."""
    path = tmp_path / "a.txt"
    path.write_bytes(MESSY)
    replacing = files.Replacing(files.stamp(path))

    def clean_slowly():
        with files.writing(str(path), replacing=replacing) as file:
            file.write(TIDY)
            path.write_bytes(b"new words")

    with pytest.raises(files.CleanerError, match="meanwhile"):
        clean_slowly()
    assert content(tmp_path) == {"a.txt": b"new words"}


def test_what_killed_runs_left_behind(tree):
    """It is no input, and it is gone after the next run; what somebody is writing just now stays."""
    write(tree / "in", {LEFT_BEHIND: b"half", f"sub/{LEFT_BEHIND}": b"half"})
    with files.writing(str(tree / "in/other")) as file:
        file.write(b"words")
        assert call("-i", "in")[0] == 0
        assert len(content(tree / "in")) == 4
    assert content(tree / "in") == {**tidy(*TREE), "other": b"words"}


# ---------------------------------------------------------------- taking up a run again


def test_resume_in_a_folder(tree):
    """What is done is passed over; what is new, changed or gone is done."""
    names = ("new.txt", "changed.txt", "touched.txt", "spoilt.txt", "gone.txt")
    write(tree / "in", dict.fromkeys(names[1:], MESSY))
    assert call("in", "-o", "out")[0] == 0
    write(tree / "in", {"new.txt": MESSY, "changed.txt": MESSY * 2})
    os.utime(tree / "in/touched.txt", (1, 1))
    (tree / "out/spoilt.txt").write_bytes(b"")
    (tree / "out/gone.txt").unlink()
    code, said = call("in", "-o", "out", "--resume")
    assert code == 0
    assert "5 cleaned, 3 done before" in said
    assert content(tree / "out") == {**tidy(*names, *TREE), "changed.txt": TIDY * 2}
    assert "8 done before" in call("in", "-o", "out", "--resume")[1]


def test_resume_in_place(tree):
    """The journal is kept once --resume is given; a text that was changed since is cleaned again."""
    assert "3 cleaned" in call("-i", "in", "--resume")[1]
    write(tree / "in", {"a.txt": MESSY})
    assert "1 cleaned, 2 done before" in call("-i", "in", "--resume")[1]
    assert content(tree / "in") == tidy(*TREE)


def test_resume_after_a_journal_that_was_cut_short(tree):
    """The line that was being written counts for nothing, and does not spoil the next."""
    assert call("in", "-o", "out")[0] == 0
    journal = tree / "out/.cleaner-journal"
    journal.write_bytes(journal.read_bytes()[:-5])
    assert "1 cleaned, 2 done before" in call("in", "-o", "out", "--resume")[1]
    assert "3 done before" in call("in", "-o", "out", "--resume")[1]


def test_resume_with_other_settings(tree):
    """What was done in another way is not done."""
    assert call("in", "-o", "out")[0] == 0
    assert "3 cleaned" in call("in", "-o", "out", "--resume", "--newline", "crlf")[1]
    assert (tree / "out/a.txt").read_bytes() == TIDY.replace(b"\n", b"\r\n")


def test_resume_with_another_pack(tree):
    """The file has the same name, and other rules in it."""
    pack = tree / "my.toml"
    pack.write_text("[[rule]]\nname = 'a'\nphrases = ['abcd']\n")
    args = ("in", "-o", "out", "--resume", "--rules", str(pack))
    assert "3 cleaned" in call(*args)[1]
    assert "3 done before" in call(*args)[1]
    pack.write_text("[[rule]]\nname = 'a'\nphrases = ['efgh']\n")
    os.utime(pack, ns=(1, 1))
    assert "3 cleaned" in call(*args)[1]


def test_resume_does_what_failed(tree):
    """A file that failed may be better now."""
    write(tree / "in", {"book.txt": b"%PDF-1.4\n"})
    assert call("in", "-o", "out")[0] == 2
    code, said = call("in", "-o", "out", "--resume")
    assert code == 2
    assert "3 done before, 1 failed" in said


# ---------------------------------------------------------------- how it is told


def test_quiet(tree):
    """-q leaves nothing but errors."""
    assert call("in", "-o", "out", "-q") == (0, "")
    write(tree / "in", {"book.txt": b"%PDF-1.4\n", "damaged.txt": MESSY + b"\xff"})
    code, said = call("in", "-o", "out", "-q")
    assert code == 2
    assert said.startswith("cleaner: in/book.txt")
    assert said.count("\n") == 1


def test_progress_on_a_terminal(tree):
    """A bar that is taken away in the end; the summary stays."""
    write(tree / "in", {f"{number}.txt": MESSY * 50 for number in range(60)})
    leader, follower = pty.openpty()
    with subprocess.Popen([*COMMAND, "in", "-o", "out", "-j", "1"], cwd=tree, stderr=follower) as process:
        os.close(follower)
        said = b""
        try:
            while block := os.read(leader, 1 << 16):
                said += block
        except OSError:  # how Linux says that a terminal is closed
            pass
    os.close(leader)
    assert process.returncode == 0
    assert b" of 63 files, " in said
    assert b" a second, " in said or b" a minute, " in said
    assert b" left\x1b[K" in said
    assert said.rsplit(b"\r\x1b[K", 1)[1].startswith(b"cleaner: 63 files in ")


@pytest.mark.skipif(
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN, reason="what is started with Ctrl-C ignored ignores it too"
)
def test_ctrl_c(tree):
    """It says how far it came; no text is half; --resume does the rest and takes away what a stopped process left."""
    write(tree / "in", {f"{number:03}.txt": MESSY * 100 for number in range(300)})
    journal = tree / "out" / ".cleaner-journal"
    # A group of its own, which is what a terminal sends Ctrl-C to.
    with subprocess.Popen(
        [*COMMAND, "in", "-o", "out", "-j", "2"], cwd=tree, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        while process.poll() is None and not (journal.exists() and journal.read_bytes().count(b"\n") > 3):
            time.sleep(0.01)  # until it has its heading, and some files
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 130
    assert said.startswith("cleaner: interrupted; done: ")
    assert " of 303 files in " in said
    assert said.count("\n") == 1
    texts = {data for name, data in content(tree / "out").items() if not name.endswith(".tmp")}
    assert texts <= {TIDY, TIDY * 100}
    code, said = call("in", "-o", "out", "--resume")
    assert code == 0
    assert " done before" in said
    assert content(tree / "out") == {name: data.replace(MESSY, TIDY) for name, data in content(tree / "in").items()}


# ---------------------------------------------------------------- JSON Lines


def jsonl(*args, stdin):
    """The exit code, the output and what was said."""
    result = CliRunner().invoke(main, ["--jsonl", *args], input=stdin)
    return result.exit_code, result.stdout_bytes, result.stderr


def test_only_the_field_is_touched():
    """Numbers, spaces, escapes, the order of the fields and line ends are what they were."""
    messy = '{"n": 1.50, "text" : "他说：\u200b好。","x":"\\u597d","n2":1E5, "e": {"text": "\u200b"}}\r\n'.encode()
    assert jsonl(stdin=messy) == (0, messy.replace("：\u200b".encode(), "：".encode()), "")


@pytest.mark.parametrize(
    ("line", "expect"),
    [
        pytest.param('{"text": "好。"}', '{"text": "好。"}', id="clean, without a line end"),
        pytest.param('{"text":"\\u4ed6\\u200b"}\n', '{"text":"\\u4ed6"}\n', id="escaped"),
        pytest.param('{"text":"他\\u200b"}\n', '{"text":"他"}\n', id="escaped in part"),
        pytest.param('{"text":"一\\u200b","text":"他\\u200b"}', '{"text":"一\\u200b","text":"他"}', id="twice"),
        pytest.param('\ufeff{"text":"他\\u200b"}\n', '\ufeff{"text":"他"}\n', id="a byte order mark"),
        pytest.param('{"text":"一。\\r\\n\\u200b二。"}\n', '{"text":"一。\\n二。"}\n', id="line ends in the text"),
        pytest.param("\n  \n", "\n  \n", id="empty lines"),
        pytest.param('{"a\\u0062": {}, "text":"他\\u200b"}', '{"a\\u0062": {}, "text":"他"}', id="an escaped name"),
        pytest.param('{"text":"\\ud83d\\u200b好"}', None, id="half a pair"),
    ],
)
def test_lines(line, expect):
    """Each line by itself."""
    code, out, said = jsonl(stdin=line.encode())
    assert (code, said) == (0, "")
    if expect is None:  # it can only be written with escapes
        assert json.loads(out)["text"] == "\ud83d好"
    else:
        assert out.decode() == expect


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("a.b", '{"a": {"b": "他%s", "text": "\u200b"}, "b": "\u200b"}'),
        ("a.b", '{"a.b": "他%s", "a": {"b": "\u200b"}}'),
        ("正文", '{"正文": "他%s"}'),
    ],
)
def test_field(field, line):
    """A field inside another; one whose name holds a dot comes first."""
    assert jsonl("--field", field, stdin=(line % "\u200b").encode()) == (0, (line % "").encode(), "")


BAD = [
    ("no", "is not JSON"),
    ('{"text": 1}', "is not a text"),
    ('{"id": 1}', "has no field text"),
    ("[1]", "is not an object"),
    ('"text"', "is not an object"),
    ('{"text": "\udcff"}', "is not JSON in UTF-8"),
    ('{"text": "a', "is not JSON"),
]


@pytest.mark.parametrize(("line", "word"), BAD)
def test_bad_lines(line, word):
    """They are told with their number and passed on as they are; or they are the last."""
    bad = line.encode(errors="surrogateescape")
    stdin = b'{"text": "1\xe2\x80\x8b"}\n' + bad + b'\n{"text": "2\xe2\x80\x8b"}\n'
    code, out, said = jsonl(stdin=stdin)
    assert code == 2
    assert out == b'{"text": "1"}\n' + bad + b'\n{"text": "2"}\n'
    assert said.startswith("cleaner: standard input: line 2: ")
    assert word in said
    assert said.endswith("cleaner: standard input: one bad line passed on unchanged\n")
    code, out, said = jsonl("--bad-lines", "stop", stdin=stdin)
    assert (code, out) == (2, b'{"text": "1"}\n')
    assert "standard input: line 2: " in said
    assert said.count("\n") == 1


def test_many_bad_lines_are_counted():
    """Nobody reads a thousand messages."""
    code, _, said = jsonl(stdin=b"no\n" * 1000)
    assert code == 2
    assert said.count("\n") == 11
    assert said.endswith(" 1,000 bad lines passed on unchanged\n")


def test_lines_keep_their_order():
    """Whichever process is first."""
    lines = [json.dumps({"id": number, "text": "好。\u200b" * (number % 7 * 100)}) for number in range(150)]
    code, out, _ = jsonl("-j", "3", stdin="\n".join(lines).encode())
    assert code == 0
    assert [json.loads(line)["id"] for line in out.splitlines()] == list(range(150))
    assert b"200b" not in out


def test_a_long_line():
    """A line may be longer than what is read at once."""
    text = "他说好。" * 10_000
    line = json.dumps({"text": text + "\u200b"}, ensure_ascii=False)
    tidy_line = line.replace("\u200b", "")
    assert jsonl(stdin=f"{line}\n{line}".encode()) == (0, f"{tidy_line}\n{tidy_line}".encode(), "")


@pytest.mark.parametrize("options", [("-i",), ("-o", "out")])
def test_files_of_json_lines(tmp_path, monkeypatch, options):
    """One by one and many, compressed too; a file without anything to clean is not written in place."""
    monkeypatch.chdir(tmp_path)
    messy, clean = b'{"text": "1\xe2\x80\x8b"}\n', b'{"text": "1"}\n'
    texts = {"a.jsonl": messy * 3, "b.jsonl.gz": gzip.compress(messy), "c.ndjson": clean, "d.txt": MESSY}
    write(tmp_path / "in", texts)
    os.utime(tmp_path / "in/c.ndjson", (1, 1))
    code, said = call("--jsonl", "in", *options)
    assert code == 0
    assert "2 cleaned, 1 clean already" in said
    folder = tmp_path / ("in" if options == ("-i",) else "out")
    assert (folder / "a.jsonl").read_bytes() == clean * 3
    assert gzip.decompress((folder / "b.jsonl.gz").read_bytes()) == clean
    assert (folder / "c.ndjson").read_bytes() == clean
    assert (tmp_path / "in/c.ndjson").stat().st_mtime == 1
    assert call("--jsonl", "in/a.jsonl", "-o", "a.jsonl.xz")[0] == 0
    assert lzma.decompress((tmp_path / "a.jsonl.xz").read_bytes()) == clean * 3


def test_a_stop_leaves_the_output_alone(tmp_path, monkeypatch):
    """A file is written whole or not at all."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"in.jsonl": b'{"text": "1"}\nno\n', "out.jsonl": b"older"})
    code, said = call("--jsonl", "--bad-lines", "stop", "in.jsonl", "-o", "out.jsonl")
    assert code == 2
    assert "in.jsonl: line 2: is not JSON" in said
    assert content(tmp_path) == {"in.jsonl": b'{"text": "1"}\nno\n', "out.jsonl": b"older"}


def test_a_reader_that_has_seen_enough(tmp_path):
    """An endless input ends quietly with its reader."""
    line = json.dumps({"text": "他说：好。"}, ensure_ascii=False)
    script = 'set -o pipefail; yes "$1" | { "$0" -P -m cleaner --jsonl -j 2; echo $? >code; } | head -1'
    done = subprocess.run(
        ["bash", "-c", script, sys.executable, line], cwd=tmp_path, capture_output=True, check=False, timeout=60
    )
    assert done.stdout.decode() == line + "\n"
    assert done.stderr == b""
    assert (tmp_path / "code").read_text() == "0\n"
