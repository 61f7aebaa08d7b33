"""Runs that are killed, and a device that is full: every file must stay whole.

python tests/benchmark/faults.py [RUNS]        (200 by default)

A folder is cleaned in place and the run is killed with SIGKILL at a random moment: by turns all of its processes at
once, as when the power goes, and only the first, as by the kernel when memory runs out. Then every file must be
either the whole original or the whole result, none may be missing, and its backup, if there is one, must be the
original. The run is resumed: then every file must be the result, and nothing else may be left in the folder.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from cleaner import clean

COMMAND = (sys.executable, "-P", "-m", "cleaner")
FILES = 40
SENTENCE = "雨停了以后，摆渡的船家沿着石板路慢慢地走到渡口，\u200b同大家商量怎样把堤坝加高。\r\n"
JOURNAL = ".cleaner-journal"
BACKUP = ".orig"


def texts(rng: random.Random) -> dict[str, bytes]:
    """Small and larger texts, in folders."""
    return {
        f"{number % 4}/{number:02}.txt": (SENTENCE * rng.choice((1, 5, 40))).encode() + b"%d" % number
        for number in range(FILES)
    }


def lay_out(folder: Path, originals: dict[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in originals.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def found(folder: Path) -> dict[str, bytes]:
    """What is in the folder, but for the journal."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != JOURNAL
    }


def start(folder: Path, backup: bool) -> "subprocess.Popen[bytes]":
    options = ("--backup", BACKUP) if backup else ()
    return subprocess.Popen(
        [*COMMAND, "-i", "--resume", "-q", "-j", "2", *options, folder],
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def await_work(process: "subprocess.Popen[bytes]", folder: Path) -> float:
    """The moment at which a run begins with its first file."""
    while not (folder / JOURNAL).exists() and process.poll() is None:
        time.sleep(0.001)
    return time.monotonic()


def kill(process: "subprocess.Popen[bytes]", everybody: bool) -> bool:
    """Kill a run; whether it was still running."""
    running = process.poll() is None
    if running and everybody:
        os.killpg(process.pid, signal.SIGKILL)
    elif running:
        process.kill()
    process.communicate()
    return running


def faults_of(
    seen: dict[str, bytes], originals: dict[str, bytes], results: dict[str, bytes], backup: bool
) -> list[str]:
    """What must not be; with equal originals and results, before the run is resumed."""
    wrong = [f"{name} is missing" for name in originals if name not in seen]
    wrong += [
        f"{name} is neither whole original nor whole result"
        for name in originals
        if name in seen and seen[name] not in (originals[name], results[name])
    ]
    backups = {name + BACKUP: data for name, data in originals.items()} if backup else {}
    wrong += [f"{name} is no whole original" for name in backups.keys() & seen.keys() if seen[name] != backups[name]]
    return wrong


def killed_runs(runs: int, folder: Path) -> list[str]:
    """All the runs; prints what happened, and returns what must not happen."""
    rng = random.Random(7)
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    longest = 0.0
    for number in range(runs):
        originals = texts(rng)
        results = {name: clean(data).text.encode() for name, data in originals.items()}
        backup = number % 4 >= 2
        lay_out(folder, originals)
        if not number:
            process = start(folder, backup)
            began = await_work(process, folder)
            process.communicate()
            longest = time.monotonic() - began
            lay_out(folder, originals)
        process = start(folder, backup)
        await_work(process, folder)
        time.sleep(rng.uniform(0, longest))
        counts["killed while at work"] += kill(process, everybody=number % 2 == 0)
        seen = found(folder)
        done = sum(seen.get(name) == results[name] for name in originals)
        counts["some files done, some not"] += 0 < done < FILES
        temporary = sum(name.endswith(".tmp") for name in seen)
        counts["a temporary file left by the killed run"] += temporary > 0
        wrong += [f"run {number}, killed: {fault}" for fault in faults_of(seen, originals, results, backup)]

        for _ in range(3):  # another process of the killed run may still be at its last file
            resumed = start(folder, backup)
            said = resumed.communicate()[1].decode()
            if resumed.returncode == 0:
                break
            counts["resumed once more"] += 1
        else:
            wrong.append(f"run {number}, resumed: exit code {resumed.returncode}: {said}")
        seen = found(folder)
        wrong += [f"run {number}, resumed: {fault}" for fault in faults_of(seen, results, results, False)]
        backups = {name + BACKUP for name in originals} if backup else set()
        wrong += [f"run {number}, resumed: {name} is left over" for name in seen.keys() - originals.keys() - backups]
        if backup:
            wrong += [
                f"run {number}, resumed: {name} has no whole backup"
                for name in originals
                if seen.get(name + BACKUP) != originals[name]
            ]
    print(f"{runs} runs over {FILES} files in place, killed and resumed")
    for what, count in counts.items():
        print(f"{count:6} {what}")
    return wrong


def two_at_once(runs: int, folder: Path) -> list[str]:
    """Two runs over the same files: each file is cleaned by one of them, and told by the other if it was too late."""
    rng = random.Random(11)
    wrong: list[str] = []
    told = 0
    for number in range(runs):
        originals = texts(rng)
        results = {name: clean(data).text.encode() for name, data in originals.items()}
        lay_out(folder, originals)
        pair = [start(folder, backup=True) for _ in range(2)]
        said = [process.communicate()[1].decode().splitlines() for process in pair]
        told += sum(map(len, said))
        expected = {**results, **{name + BACKUP: data for name, data in originals.items()}}
        seen = found(folder)
        wrong += [
            f"two at once, {number}: {name} is not what it should be"
            for name in expected.keys() | seen.keys()
            if expected.get(name) != seen.get(name)
        ]
    print(f"two runs at once, {runs} times: {told} files were cleaned by the other just then, and told")
    return wrong


def full_device(folder: Path) -> list[str]:
    """Clean more than there is room for, onto a device of 256 kB; what goes wrong must be told, and leave no half."""
    originals = {f"{number:02}.txt": (SENTENCE * 200).encode() for number in range(40)}
    lay_out(folder / "in", originals)
    (folder / "small").mkdir()
    script = 'mount -t tmpfs -o size=256k none small && { "$@"; echo $? >code; cp -r small copy; }'
    run = [*COMMAND, "in", "-o", "small", "-j", "2"]
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script, "sh", *run], cwd=folder, capture_output=True)
    if not (folder / "code").exists():
        print("a full device: not tried, no small device can be mounted here")
        return []
    written = found(folder / "copy")
    result = clean(originals["00.txt"]).text.encode()
    errors = done.stderr.count(b"no space left on the device; nothing was written")
    code = (folder / "code").read_text().strip()
    print(f"a full device: {len(written)} files written, {errors} refused, exit code {code}")
    wrong = [f"a full device: {name} is not whole" for name, data in written.items() if data != result]
    if len(written) + errors != len(originals) or code != "2":
        wrong.append(f"a full device: not every file is written or refused: {done.stderr.decode()[-500:]}")
    return wrong


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        wrong = full_device(Path(folder, "full"))
        wrong += two_at_once(max(1, runs // 20), Path(folder, "two"))
        wrong += killed_runs(runs, Path(folder, "texts"))
    print("\n".join(wrong) or "every file whole, none missing, nothing left over")
    sys.exit(bool(wrong))


main()
