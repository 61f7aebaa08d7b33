"""The library's Cleaner: the same result from threads, from processes, one by one and all together."""

import gzip
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from cleaner import CleanedFile, Cleaner, CleanerError, Config, Field, clean

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))
CONFIG = Config(newline="crlf", skip=frozenset({"spaces"}))
TEXTS = {path.name: clean(path.read_bytes(), CONFIG).text for path in SAMPLES}


def text_of(path):
    return Cleaner(CONFIG).file(path).text


def test_a_text_and_a_file():
    """One by one it is what ``clean`` does."""
    cleaner = Cleaner(CONFIG)
    assert [cleaner.file(path).text for path in SAMPLES] == list(TEXTS.values())
    assert [cleaner.clean(path.read_bytes()).text for path in SAMPLES] == list(TEXTS.values())
    assert Cleaner().clean("一。\r\n").text == "一。\n"


@pytest.mark.parametrize("jobs", [1, 2, None])
def test_many_files(jobs):
    """In their order, whatever the number of processes."""
    found = list(Cleaner(CONFIG).files(SAMPLES * 3, jobs))
    assert [Path(each.name).name for each in found] == list(TEXTS) * 3
    assert [each.result.text for each in found] == list(TEXTS.values()) * 3


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_file_among_many(tmp_path, jobs):
    """It is told in its place, and the others are cleaned."""
    book = tmp_path / "book.txt"
    book.write_bytes(b"%PDF-1.4\n")
    bad, missing, good = Cleaner().files([book, tmp_path / "missing.txt", SAMPLES[0]], jobs)
    assert (bad.result, missing.result) == (None, None)
    assert str(book) in bad.error
    assert "PDF" in bad.error
    assert "no such file" in missing.error
    assert good == CleanedFile(str(SAMPLES[0]), clean(SAMPLES[0].read_bytes()))


def test_one_bad_file(tmp_path):
    """Alone, it raises."""
    with pytest.raises(CleanerError, match=r"missing\.txt: no such file"):
        Cleaner().file(tmp_path / "missing.txt")


def test_a_compressed_file(tmp_path):
    """Its text is cleaned."""
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress("他说：\u200b好。\n".encode("gb18030")))
    assert Cleaner().file(path).text == "他说：好。\n"


def test_threads_share_one():
    """Eight of them at once, all cleaning everything."""
    cleaner = Cleaner(CONFIG)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda path: cleaner.file(path).text, SAMPLES * 4))
    assert found == list(TEXTS.values()) * 4


def test_threads_before_anything_is_ready():
    """In a process where nothing was compiled or loaded yet."""
    script = (
        "import sys\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from cleaner import Cleaner\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    texts = [result.text for result in pool.map(Cleaner().file, sys.argv[1:] * 2)]\n"
        "assert texts == [Cleaner().file(path).text for path in sys.argv[1:]] * 2\n"
    )
    command = [sys.executable, "-P", "-c", script, *SAMPLES]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")


def test_processes_get_one():
    """It can be sent to a process, and so can what comes back."""
    cleaner = Cleaner(CONFIG)
    assert pickle.loads(pickle.dumps(cleaner)) == cleaner
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        results = list(pool.map(cleaner.file, SAMPLES))
    assert [result.text for result in results] == list(TEXTS.values())
    assert results == [cleaner.file(path) for path in SAMPLES]


def test_stopping_early():
    """Who has seen enough leaves nothing running."""
    found = Cleaner().files(SAMPLES * 50, 2)
    assert next(found).result
    found.close()
    assert list(found) == []


# ---------------------------------------------------------------- JSON Lines

LINES = [f'{{"id": {number}.0, "正文": "第{number}句\u200b话。", "x": null}}\n'.encode() for number in range(2000)]
TIDY = [line.replace("\u200b".encode(), b"") for line in LINES]


@pytest.mark.parametrize("jobs", [1, 2])
def test_lines_of_json(jobs):
    """In order, one by one; nothing else of them is touched, and a bad one is passed on."""
    lines = [*LINES, b"{}\n", b"no JSON\r\n", *LINES]
    found = list(Cleaner().lines(lines, Field("正文"), jobs))
    assert found == [*TIDY, b"{}\n", b"no JSON\r\n", *TIDY]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_line_may_stop_it(jobs):
    """What comes before it comes out; the number of the line is named."""
    found = Cleaner().lines([*LINES, b"{}\n", *LINES], Field("正文", "stop"), jobs)
    assert [next(found) for _ in TIDY] == TIDY
    with pytest.raises(CleanerError, match="line 2001: has no field 正文"):
        next(found)


def test_lines_are_not_collected():
    """What is read ahead does not grow with what there is to read."""
    read = 0

    def endless():
        nonlocal read
        while True:
            read += 1
            yield LINES[0]

    found = Cleaner().lines(endless(), Field("正文"), 1)
    assert next(found) == TIDY[0]
    assert read < 1000
