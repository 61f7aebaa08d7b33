"""The processes: results in order, a bounded number ahead, and no task lost with its process."""

import os
import signal
import time

import pytest

from cleaner.workers import Crew, Done, run


def work(task):
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "leave":
        os._exit(3)
    if task == "raise":
        raise ValueError("no good")
    if isinstance(task, float):
        time.sleep(task)
    return ("done", task)


def lost(task, why):
    return ("lost", task, why)


def results(tasks, jobs=2, window=10):
    return list(run(work, tasks, lost, Crew(jobs, window)))


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_tasks(jobs):
    """However long each takes, and whoever does it."""
    tasks = [0.2, 1, 2, 0.1, 3, 4]
    assert results(tasks, jobs) == [("done", task) for task in tasks]


def test_no_tasks():
    """Nothing to do is no trouble."""
    assert results([]) == []


@pytest.mark.parametrize(
    ("task", "word"), [("die", "SIGKILL, perhaps for want of memory"), ("leave", "code 3"), ("raise", "no good")]
)
def test_trouble_is_one_tasks_own(task, word):
    """A process that dies, or an error nobody thought of, costs one task; the others are done."""
    before, (kind, which, why), *after = results([1, task, 2, 3])
    assert (before, after) == (("done", 1), [("done", 2), ("done", 3)])
    assert (kind, which) == ("lost", task)
    assert word in why


def test_every_process_may_die():
    """There is always another."""
    assert [result[0] for result in results(["die"] * 5 + [1])] == ["lost"] * 5 + ["done"]


def test_a_known_result_keeps_its_place():
    """What need not be done is not sent to a process, and comes out where it stands."""
    assert results([0.1, Done("known"), 2]) == [("done", 0.1), "known", ("done", 2)]


def test_no_more_are_taken_than_the_window_holds():
    """While one takes long, the tasks behind it are not read without end."""
    taken = []

    def tasks():
        for number in range(100):
            taken.append(number)
            yield 0.3 if number == 0 else number

    outcomes = run(work, tasks(), lost, Crew(2, 8))
    next(outcomes)
    assert len(taken) <= 8
    assert len(list(outcomes)) == 99


def test_closing_ends_the_work_at_once():
    """Nobody waits for what is not wanted any more."""
    outcomes = run(work, [1, 600.0, 600.0], lost, Crew(2, 8))
    assert next(outcomes) == ("done", 1)
    outcomes.close()  # the test would not end


def test_heavy_tasks_are_done_by_themselves(tmp_path):
    """What is too much together is done one after the other; what is too much by itself is done all the same."""

    def at_work(task):
        mark = tmp_path / str(task)
        mark.touch()
        time.sleep(0.05)
        beside = {int(path.name) for path in tmp_path.iterdir()}
        mark.unlink()
        return beside

    tasks = [3, 1, 2, 60, 4, 5]
    results = list(run(at_work, tasks, lost, Crew(3, 10, weigh=int, limit=5)))
    assert all(task in beside for task, beside in zip(tasks, results, strict=True))
    assert results[3] == {60}
    assert all(sum(beside) <= 5 for beside in results if 60 not in beside)


def test_results_do_not_wait_for_a_slow_source():
    """While nothing comes in, what is done comes out."""
    reading, writing = os.pipe()

    def tasks():
        while (data := os.read(reading, 1)) != b".":
            yield data

    outcomes = run(work, tasks(), lost, Crew(2, 10, source=reading))
    for letter in (b"a", b"b"):
        os.write(writing, letter)
        assert next(outcomes) == ("done", letter)  # the test would not end
    os.write(writing, b".")
    assert list(outcomes) == []
    os.close(writing)
    os.close(reading)
