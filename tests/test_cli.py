"""The command: bytes in, bytes out, exit codes, and what it says when something is wrong."""

import os
import pty
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import cleaner
from cleaner.cli import COMMANDS, main

SAMPLES = Path(__file__).parents[1] / "samples"
MESSY = "他说：\u200b好。\r\n她也说好。\n"
TIDY = "他说：好。\n她也说好。\n".encode()


# -P: the package that is installed, not a folder of that name in the working folder.
COMMAND = (sys.executable, "-P", "-m", "cleaner")


def run(*args, stdin=b"", **options):
    """Run the command in a process of its own."""
    return subprocess.run([*COMMAND, *args], input=stdin, capture_output=True, check=False, timeout=60, **options)


def call(*args, stdin=b""):
    """Run the command in this process, which is quicker."""
    result = CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)
    return subprocess.CompletedProcess(args, result.exit_code, result.stdout_bytes, result.stderr_bytes)


def fails(done, *words):
    """The command ended with code 2, wrote nothing, and said why in one line that holds ``words``."""
    message = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert message.count("\n") == 1
    assert "Traceback" not in message
    for word in words:
        assert str(word) in message
    return True


@pytest.fixture
def messy(tmp_path):
    path = tmp_path / "messy.txt"
    path.write_bytes(MESSY.encode())
    return path


# ---------------------------------------------------------------- input


@pytest.mark.parametrize("args", [(), ("-",)], ids=["nothing", "a dash"])
def test_standard_input(args):
    """Without a FILE, and with -, standard input is read."""
    done = run(*args, stdin=MESSY.encode())
    assert (done.returncode, done.stdout, done.stderr) == (0, TIDY, b"")


def test_a_file(messy):
    """A FILE is read; it stays as it is."""
    done = run(messy)
    assert (done.returncode, done.stdout, done.stderr) == (0, TIDY, b"")
    assert messy.read_bytes() == MESSY.encode()


@pytest.mark.parametrize(
    ("stdin", "stdout"),
    [
        pytest.param(b"", b"", id="empty"),
        pytest.param(b"\n", b"\n", id="one newline"),
        pytest.param("完".encode(), "完".encode(), id="no final newline"),
        pytest.param("一。\r\n二。".encode(), "一。\n二。".encode(), id="CRLF and no final newline"),
        pytest.param(b"\xef\xbb\xbf" + TIDY, TIDY, id="the byte order mark goes"),
        pytest.param(b"\xff\xfe" + TIDY.decode().encode("utf-16-le"), TIDY, id="UTF-16"),
        pytest.param(
            "这是一封很久以前写的信。\n".encode("gb18030"), "这是一封很久以前写的信。\n".encode(), id="GB18030"
        ),
        pytest.param("這是一封很久以前寫的信。\n".encode("big5"), "這是一封很久以前寫的信。\n".encode(), id="Big5"),
        pytest.param("emoji 👩\u200d💻\n".encode(), "emoji 👩\u200d💻\n".encode(), id="beyond the basic plane"),
    ],
)
def test_bytes(stdin, stdout):
    """Output is UTF-8 without a byte order mark; nothing is added at the end."""
    done = call(stdin=stdin)
    assert (done.returncode, done.stdout, done.stderr) == (0, stdout, b"")


def test_the_locale_does_not_matter():
    """In a plain C locale with an ASCII standard output the bytes are the same."""
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    assert run(stdin=MESSY.encode(), env=environment).stdout == TIDY


@pytest.mark.parametrize(
    ("newline", "stdout"),
    [("lf", "一。\n二。\n三。"), ("crlf", "一。\r\n二。\r\n三。"), ("keep", "一。\r\n二。\n三。")],
)
def test_newline(newline, stdout):
    """--newline says how lines end."""
    done = call("--newline", newline, stdin="一。\r\n二。\n三。".encode())
    assert done.stdout == stdout.encode()


def test_a_terminal_is_told_what_is_waited_for():
    """Nothing is read from a terminal without a word."""
    leader, follower = pty.openpty()
    try:
        os.write(leader, "好。\n\x04".encode())
        # In a session of its own, or the kernel may stop it for reading from the terminal of another.
        done = subprocess.run([*COMMAND], stdin=follower, capture_output=True, timeout=60, start_new_session=True)
    finally:
        os.close(follower)
        os.close(leader)
    assert b"reading from the terminal" in done.stderr
    assert b"Ctrl-D" in done.stderr
    assert (done.returncode, done.stdout.decode()) == (0, "好。\n")


# ---------------------------------------------------------------- output


def test_output_file(messy, tmp_path):
    """-o writes the text to a file and nothing to standard output."""
    target = tmp_path / "tidy.txt"
    done = run(messy, "-o", target)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert target.read_bytes() == TIDY


def test_output_to_a_dash(messy):
    """-o - is standard output."""
    assert call(messy, "-o", "-").stdout == TIDY


def test_output_replaces_a_file_in_one_step(messy, tmp_path):
    """An older file gives way; its permissions stay, and no other file is left behind."""
    target = tmp_path / "tidy.txt"
    target.write_bytes(b"old")
    target.chmod(0o640)
    before = target.stat().st_ino
    assert call(messy, "-o", target).returncode == 0
    assert target.read_bytes() == TIDY
    assert target.stat().st_ino != before  # a new file was moved into place
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["messy.txt", "tidy.txt"]


def test_output_goes_through_a_symbolic_link(messy, tmp_path):
    """The link stays a link, and the file it names is written."""
    real = tmp_path / "real.txt"
    real.write_bytes(b"old")
    link = tmp_path / "link.txt"
    link.symlink_to(real)
    assert call(messy, "-o", link).returncode == 0
    assert link.is_symlink()
    assert real.read_bytes() == TIDY


def test_output_to_a_device(messy):
    """A device is written to, not replaced."""
    assert run(messy, "-o", "/dev/null").returncode == 0
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_output_over_the_input_is_refused(messy):
    """A file is never written over itself, whatever it is called."""
    assert fails(call(messy, "-o", messy), messy, "is the input itself")
    assert fails(call(messy, "-o", messy.parent / "." / messy.name), "is the input itself")
    assert messy.read_bytes() == MESSY.encode()


def test_a_failure_leaves_the_output_alone(tmp_path):
    """If the input cannot be read, the older output is still there."""
    target = tmp_path / "tidy.txt"
    target.write_bytes(b"old")
    assert fails(call(tmp_path / "missing.txt", "-o", target), "missing.txt")
    assert target.read_bytes() == b"old"


def test_output_into_a_missing_folder(messy, tmp_path):
    """The message names the output, not the input."""
    target = tmp_path / "nowhere" / "tidy.txt"
    assert fails(call(messy, "-o", target), target)


def test_output_to_a_folder(messy, tmp_path, monkeypatch):
    """A file goes into a folder that is there, in its place below the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tidy").mkdir()
    done = run("messy.txt", "-q", "-o", "tidy", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / "tidy" / "messy.txt").read_bytes() == TIDY


# ---------------------------------------------------------------- errors


def test_a_missing_file(tmp_path):
    """The message names the file and the next thing to try."""
    path = tmp_path / "missing.txt"
    assert fails(call(path), path, "no such file", "check the name")


def test_a_folder_without_an_output(tmp_path):
    """Several texts on standard output could not be told apart; the message says what to do."""
    done = call(tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"give -o FOLDER, or -i" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file(messy):
    """A file nobody may read is refused by name."""
    messy.chmod(0)
    assert fails(call(messy), messy, "permission denied")


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "Office"),
        ("book.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
        ("files.zip", b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(40), "ZIP"),
        ("page.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20), "PNG"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20), "JPEG"),
        ("noise.bin", bytes(range(256)) * 8, "no text"),
    ],
)
def test_binary_files_are_refused_by_name(tmp_path, name, data, word):
    """Nothing of a binary file reaches the output; the message says what kind of file it is."""
    path = tmp_path / name
    path.write_bytes(data)
    assert fails(call(path), path, word)


def test_binary_standard_input():
    """The message names standard input where there is no file."""
    assert fails(run(stdin=b"%PDF-1.4\n"), "standard input", "PDF")


@pytest.mark.parametrize("args", [("--no-such-option",), ("one.txt", "two.txt"), ("--newline", "cr")])
def test_wrong_usage(args):
    """Wrong options and arguments end with code 2."""
    done = call(*args)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Error:" in done.stderr


def test_a_closed_pipe_is_quiet(tmp_path):
    """A reader that has seen enough is no error."""
    path = tmp_path / "long.txt"
    path.write_text("很长的一份文件，一行一行地写下去。\n\n" * 40_000, encoding="utf-8")
    done = subprocess.run(
        ["bash", "-c", 'set -o pipefail; "$0" -P -m cleaner "$1" | head -1', sys.executable, path],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == "很长的一份文件，一行一行地写下去。\n"


def test_a_full_device(messy):
    """What cannot be written is an error, not a short text."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, messy], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert done.returncode == 2
    assert b"standard output: no space left" in done.stderr


# ---------------------------------------------------------------- help and version


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help(option):
    """Help goes to standard output and names every option and exit code."""
    done = run(option)
    text = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert text.startswith("Usage: ")
    for word in ("FILE", "-o, --output", "--newline", "--encoding", "--version", "Exit codes: 0 done, 1 something"):
        assert word in text


@pytest.mark.parametrize("parameter", [each for each in main.params if each.param_type_name == "option"])
def test_every_option_has_help(parameter):
    """No option without a word on what it does."""
    assert parameter.help


def test_version():
    """The version is the package's."""
    done = run("--version")
    assert (done.returncode, done.stdout.decode()) == (0, f"cleaner {cleaner.__version__}\n")
    assert re.fullmatch(r"\d+\.\d+\.\d+", cleaner.__version__)


def test_the_installed_script():
    """The command is installed under its own name, beside the interpreter."""
    script = Path(sys.executable).with_name("cleaner")
    if not script.exists():
        pytest.skip("the package is not installed beside this interpreter")
    done = subprocess.run([script], input=MESSY.encode(), capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, TIDY)


@pytest.mark.skipif(
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN, reason="what is started with Ctrl-C ignored ignores it too"
)
@pytest.mark.parametrize("args", [(), ("detect",)])
def test_ctrl_c(args):
    """It is told in a line, with an exit code that is no other's."""
    leader, follower = pty.openpty()
    try:
        with subprocess.Popen([*COMMAND, *args], stdin=follower, stderr=subprocess.PIPE) as process:
            assert b"reading from the terminal" in process.stderr.readline()
            process.send_signal(signal.SIGINT)
            said = process.stderr.read().decode()
    finally:
        os.close(follower)
        os.close(leader)
    assert (process.returncode, said) == (130, "cleaner: interrupted\n")


# ---------------------------------------------------------------- other commands


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_file_named_like_a_command(tmp_path, name):
    """The bare word is the command; the file is reached as ./NAME."""
    (tmp_path / name).write_bytes(MESSY.encode())
    assert run(f"./{name}", cwd=tmp_path).stdout == TIDY
    assert run(name, "--help", cwd=tmp_path).stdout.startswith(f"Usage: python -m cleaner {name}".encode())


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_help(name):
    """Whoever reads the help finds it, and it has a help text of its own."""
    assert re.search(rf"(?m)^  {name}  ", call("--help").stdout.decode())
    assert call(name, "--help").stdout.decode().startswith(f"Usage: cleaner {name} ")


def test_detect_names_the_encoding(tmp_path):
    """One line a file; a file that is no text is reported, and the others are all the same."""
    (tmp_path / "letter.txt").write_bytes("这是一封很久以前写的信。\n".encode("gb18030"))
    (tmp_path / "book.pdf").write_bytes(b"%PDF-1.4\n")
    done = run("detect", "book.pdf", "letter.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert b"book.pdf" in done.stderr
    assert re.search(r"(?m)^letter\.txt +gb18030 +0 ", done.stdout.decode())


def test_damage_is_told():
    """A damaged character does not stop the cleaning, but it is not passed over in silence either."""
    done = call("-", stdin="船家说，".encode() + b"\xff" + "今晚不走了。\n".encode())
    assert done.returncode == 0
    assert b"one damaged place at byte 12 (stray-byte)" in done.stderr
    assert done.stdout.decode() == "船家说，\ufffd今晚不走了。\n"


# ---------------------------------------------------------------- reading


def test_a_named_encoding():
    """--encoding is believed; a name nobody knows is refused."""
    data = "é".encode("cp1252")
    assert call("--encoding", "cp1252", stdin=data).stdout.decode() == "é"
    assert fails(call("--encoding", "gb1803", stdin=data), "unknown encoding", "gb18030")


def test_damage_is_refused_only_on_request():
    """A damaged byte is shown as U+FFFD, or refused with --strict."""
    data = "这一行".encode() + b"\xff" + "里有一个坏字节。\n".encode()
    assert call(stdin=data).stdout.decode() == "这一行\ufffd里有一个坏字节。\n"
    assert fails(call("--strict", stdin=data), "damaged")


def test_decode_only():
    """--decode-only changes the encoding and nothing else."""
    data = "防\u3000火\r\n- 1 -\r\n这是第一页的最后一行\r\n".encode("gb18030")
    assert call("--decode-only", stdin=data).stdout == data.decode("gb18030").encode()


def test_samples_come_through_the_pipe():
    """What a file gives, standard input gives too."""
    data = (SAMPLES / "report.txt").read_bytes()
    assert run(stdin=data).stdout == run(SAMPLES / "report.txt").stdout
