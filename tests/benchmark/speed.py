"""How fast cleaning is, and what it needs: one command, one set of tables.

    python tests/benchmark/speed.py                  (about a quarter of an hour; --quick: two minutes)

Times are processor seconds on one core, so that a busy machine does not spoil them, apart from the table of jobs,
which is by the clock. ftfy and autocorrect-py (both on PyPI) and perl are compared with where they are installed.
Bytecode is written before anything is measured, as it is for an installed package.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from corpora import CORPORA, prose, wrapped

import cleaner
from cleaner.config import DEFAULT, Config
from cleaner.draft import Draft
from cleaner.edits import Edit
from cleaner.pipeline import STAGES

PACKAGE = Path(cleaner.__file__).parents[1]
CACHE = tempfile.mkdtemp(prefix="cleaner-benchmark-")
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{PACKAGE}", "PYTHONPYCACHEPREFIX": CACHE}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)
# Three substitutions as people write them on a command line: page markers, spaces between Han, blank lines.
PERL = r"s/^\s*[-—]?\s*\d+\s*[-—]?\s*$//mg; s/(?<=\p{Han})[ \t]+(?=\p{Han})//g; s/\n{3,}/\n\n/g"
START_UP = "import click, regex"
REPEATS = 3


def seconds(action: Callable[[], object]) -> float:
    """The least processor time of a few runs."""
    return min(_once(action) for _ in range(REPEATS))


def _once(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def child(*command: str, text: bytes = b"") -> float:
    """The processor time of one run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, input=text, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


# ---- the tables


def table_of_throughput(size: int) -> None:
    """Megabytes of UTF-8 a second, and the ratios to the others."""
    others = _others()
    print(f"\nThroughput, {size / 1e6:g} MB of UTF-8, MB/s on one core (in brackets: times of that)\n")
    print(f"{'':20}{'cleaner':>10}" + "".join(f"{name:>20}" for name, _ in others))
    for name, make in CORPORA.items():
        text = make(size)
        data = text.encode()
        own = len(data) / 1e6 / seconds(lambda data=data: cleaner.clean(data).text.encode())  # type: ignore[misc]
        row = f"{name:20}{own:10.2f}"
        for _, run in others:
            if isinstance(run, str):
                row += f"{run:>20}"
                continue
            rate = len(data) / 1e6 / run(text)
            row += f"{f'{rate:.2f} ({own / rate:.2f})':>20}"
        print(row, flush=True)


def _others() -> list[tuple[str, Callable[[str], float] | str]]:
    """Other cleaners: how long each takes for a text, or why it was not asked."""
    found: list[tuple[str, Callable[[str], float] | str]] = []
    try:
        import ftfy

        found.append(("ftfy", lambda text: seconds(lambda: ftfy.fix_text(text))))
    except ImportError:
        found.append(("ftfy", "not installed"))
    try:
        import autocorrect_py

        found.append(("autocorrect", lambda text: seconds(lambda: autocorrect_py.format(text))))
    except ImportError:
        found.append(("autocorrect", "not installed"))
    if perl := shutil.which("perl"):
        command = (perl, "-CSD", "-0777", "-pe", PERL)
        start = min(child(*command) for _ in range(REPEATS))
        found.append(("perl", lambda text: min(child(*command, text=text.encode()) for _ in range(REPEATS)) - start))
    else:
        found.append(("perl", "not installed"))
    return found


def table_of_stages(size: int) -> None:
    """Milliseconds a stage takes for a megabyte."""
    print("\nMilliseconds a stage takes for a megabyte; the first column is reading the bytes\n")
    names = ["decode", *(name for name, _ in STAGES)]
    print(f"{'':20}" + "".join(f"{name[:10]:>11}" for name in names))
    for name, make in CORPORA.items():
        data = make(size).encode()
        took = _stage_times(data)
        print(f"{name:20}" + "".join(f"{1e9 * each / len(data):11.1f}" for each in took), flush=True)


def _stage_times(data: bytes) -> list[float]:
    start = time.process_time()
    text = cleaner.decode(data).text
    took = [time.process_time() - start]

    def timed(stage: Callable[[Draft, Config], Iterable[Edit]]) -> Callable[[Draft, Config], list[Edit]]:
        def run(draft: Draft, config: Config) -> list[Edit]:
            start = time.process_time()
            found = list(stage(draft, config))
            took.append(time.process_time() - start)
            return found

        return run

    cleaner.pipeline.STAGES = tuple((name, timed(stage)) for name, stage in STAGES)
    try:
        cleaner.clean(text, DEFAULT)
    finally:
        cleaner.pipeline.STAGES = STAGES
    return took


def table_of_start_up() -> None:
    """The command on a small file against the imports it cannot do without."""
    print(f'\nStart-up with one file of 5 KB, against python -c "{START_UP}"\n')
    with tempfile.TemporaryDirectory() as folder:
        rounds = 10
        child(sys.executable, "-c", START_UP)
        base = min(child(sys.executable, "-c", START_UP) for _ in range(rounds))
        print(f"{'imports alone':20}{base * 1e3:8.0f} ms")
        for name, make in CORPORA.items():
            path = Path(folder) / "small.txt"
            path.write_text(make(5000), "utf-8")
            command = (sys.executable, "-m", "cleaner", f"{path}")
            child(*command)
            took = min(child(*command) for _ in range(rounds))
            print(f"{name:20}{took * 1e3:8.0f} ms {took / base:6.2f} times", flush=True)


def table_of_sizes(megabytes: list[float]) -> None:
    """Cost per byte and peak memory as a text grows; start-up is taken off."""
    print("\nCost per byte and peak memory as the text grows\n")
    print(f"{'':20}{'MB':>8}{'s per MB':>10}{'peak MB':>9}{'allowed':>9}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        path.write_text("", "utf-8")
        start, _ = _measure(path)
        for name, make in (("clean prose", prose), ("wrapped, newlines", wrapped)):
            for size in megabytes:
                path.write_text(make(int(size * 1e6)), "utf-8")
                took, peak = _measure(path)
                real = path.stat().st_size / 1e6
                print(f"{name:20}{real:8.1f}{(took - start) / real:10.3f}{peak:9.0f}{6 * real + 40:9.0f}", flush=True)


def _measure(path: Path) -> tuple[float, float]:
    """Processor seconds and peak megabytes of one run of the command (on Linux, which tells them)."""
    code = (
        "import resource, sys; from cleaner.cli import main\n"
        f"try: main([{str(path)!r}, '-o', '/dev/null'])\n"
        "except SystemExit: pass\n"
        "own = resource.getrusage(resource.RUSAGE_SELF)\n"
        # ru_maxrss would count what the parent held when it forked.
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1]\n"
        "print(own.ru_utime + own.ru_stime, int(peak) / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=ENVIRONMENT, check=True, text=True)
    took, peak = done.stdout.split()[-2:]
    return float(took), float(peak)


def table_of_jobs(files: int, size: int) -> None:
    """By the clock: a folder of files with one job and with two."""
    print(f"\nA folder of {files} files of {size // 1000} KB, by the clock\n")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        source.mkdir()
        for number in range(files):
            (source / f"{number}.txt").write_text(wrapped(size, seed=number), "utf-8")
        took = []
        for jobs in (1, 2):
            target = Path(folder) / f"out{jobs}"
            start = time.perf_counter()
            command = (sys.executable, "-m", "cleaner", "-q", "-j", f"{jobs}", f"{source}", "-o", f"{target}")
            if subprocess.run(command, capture_output=True, env=ENVIRONMENT, check=False).returncode:
                print("the command has no -j")
                return
            took.append(time.perf_counter() - start)
        print(f"-j 1 {took[0]:6.2f} s   -j 2 {took[1]:6.2f} s   {took[0] / took[1]:.2f} times")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller texts, no hundred megabytes")
    quick = parser.parse_args().quick
    size = 300_000 if quick else 1_000_000
    table_of_start_up()
    table_of_throughput(size)
    table_of_stages(size)
    table_of_jobs(8 if quick else 40, 200_000)
    table_of_sizes([0.3, 3.0] if quick else [1.0, 10.0, 100.0])


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(CACHE, ignore_errors=True)
