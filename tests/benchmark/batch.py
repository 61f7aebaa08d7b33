"""Many small files, and a long stream of JSON Lines: time, rate, and the memory of all processes together.

python tests/benchmark/batch.py [FILES [MEGABYTES]]        (20,000 and 1,000 by default)

Everything is made on the fly. Memory is what Linux counts for the processes together at its highest (shared pages
once), looked at ten times a second; CPU time is that of all of them.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

COMMAND = (sys.executable, "-P", "-m", "cleaner")
SENTENCES = (
    "雨停了以后，摆渡的船家沿着石板路慢慢地走到渡口，谁也没有多说什么。",
    "每逢集市，\u200b新来的女教师给远方的儿子写了一封很长的信。",
    "那年春天，县里派来的技术员同大家商量怎样把堤坝加高，\u200b这件事后来很少有人提起。",
    "傍晚收工回来，守林人把晒干的草药一捆一捆地扎好。",
)


def text(rng: random.Random, sentences: int) -> str:
    return "".join(rng.choice(SENTENCES) + "\n" * (rng.random() < 0.3) for _ in range(sentences)) + "\n"


def memory(group: int) -> float:
    """Megabytes of all processes of a group."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(process.name)) == group:
                lines = (process / "smaps_rollup").read_text().splitlines()
                total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, StopIteration):  # it has just ended
            continue
    return total / 1024


def measure(name: str, process: "subprocess.Popen[bytes]") -> float:
    """Wait for a process and those it starts; prints what it took, gives the seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, memory(process.pid))
        time.sleep(0.1)
    seconds = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name}: {seconds:.1f} s, CPU {cpu:.1f} s, peak {peak:.0f} MB, exit code {process.returncode}", flush=True)
    return seconds


def many_files(folder: Path, count: int) -> None:
    rng = random.Random(7)
    for number in range(count):
        path = folder / "in" / f"{number % 100:02}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(rng, rng.randint(1, 20)), "utf-8")
    size = sum(path.stat().st_size for path in (folder / "in").rglob("*.txt")) / 1e6
    print(f"{count:,} files, {size:.1f} MB")
    command = " ".join(f"'{part}'" for part in COMMAND)
    script = f"find in -type f -print0 | {command} --files-from - -0 -j 2 -o out/"
    seconds = measure("find | cleaner --files-from - -0 -j 2 -o out/", start(script, folder))
    written = sum(1 for _ in (folder / "out").rglob("*.txt"))
    print(f"{written:,} files written, {count / seconds:.0f} files/s", flush=True)
    measure("the same again with --resume", start(f"{script} --resume", folder))


def start(script: str, folder: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(["sh", "-c", script], cwd=folder, start_new_session=True)


def lines(megabytes: float) -> Iterator[bytes]:
    rng = random.Random(7)
    size = number = 0
    while size < megabytes * 1e6:
        number += 1
        record = {"id": number, "text": text(rng, rng.randint(1, 60)), "url": f"https://a.example/{number}"}
        line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
        size += len(line)
        yield line


def stream(folder: Path, megabytes: float) -> None:
    process = subprocess.Popen(
        [*COMMAND, "--jsonl", "-j", "2", "-o", "out.jsonl.gz"],
        cwd=folder,
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdin is not None
    pipe = process.stdin

    def feed() -> None:
        with pipe:
            for line in lines(megabytes):
                pipe.write(line)

    threading.Thread(target=feed).start()
    seconds = measure(f"a stream of {megabytes:,.0f} MB of JSON Lines, -j 2", process)
    print(f"{megabytes / seconds:.2f} MB/s")


def main() -> None:
    count, megabytes = [int(arg) for arg in sys.argv[1:]] + [20_000, 1_000][len(sys.argv) - 1 :]
    with tempfile.TemporaryDirectory() as folder:
        many_files(Path(folder), count)
        stream(Path(folder), megabytes)


main()
