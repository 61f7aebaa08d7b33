"""Tasks done by several processes: results in order, few in memory, and no task lost with its process."""

import os
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# A forked process is there in milliseconds with all modules loaded; elsewhere than on Linux it is not safe.
if sys.platform == "linux":
    _CONTEXT = get_context("fork")
else:
    _CONTEXT = get_context("spawn")

# A process that is told to end does so when Python is next asked what to do, which is after no more than one step.
_PATIENCE = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """Stands among the tasks for one whose result is known; it comes out in its place."""

    result: R


def _nothing(_: object) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Crew(Generic[T]):
    """How many are at work, and how much they may have in hand."""

    jobs: int
    """The number of processes."""
    window: int
    """So many tasks may be ahead of the result given out last: what bounds memory while one of them takes long."""
    weigh: Callable[[T], int] = _nothing
    """What a task weighs."""
    limit: int = 0
    """No task is begun beside others if all together are heavier than this; by itself, any is."""
    source: int | None = None
    """The file descriptor from which the tasks come. While nothing comes, results do not wait for it."""


def cores() -> int:
    """How many processes can work at once on this machine."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def run(
    work: Callable[[T], R], tasks: Iterable[T | Done[R]], lost: Callable[[T, str], R], crew: Crew[T]
) -> Generator[R]:
    """The results of ``work`` on every task, in the order of the tasks, from several processes.

    If a process dies, or ``work`` raises, ``lost`` makes the result from the task and the reason, and another process
    goes on. ``work`` and the tasks must be things that can be sent to a process. Closing the iterator ends the
    processes at once.
    """
    at_work: _AtWork[T, R] = _AtWork(work, lost, crew)
    queue = iter(tasks)
    waiting: T | Done[R] | None = None
    results: dict[int, R] = {}
    taken = given = 0
    more = True
    try:
        while more or given < taken:
            while more and given not in results and taken - given < crew.window and at_work.may_ask():
                if waiting is None and (waiting := next(queue, None)) is None:
                    more = False
                    break
                if isinstance(waiting, Done):
                    results[taken] = waiting.result
                elif at_work.may_take(waiting):
                    at_work.give(taken, waiting)
                else:
                    break
                waiting = None
                taken += 1
            if given < taken and given not in results:
                more_may_come = more and waiting is None and taken - given < crew.window
                results.update(at_work.wait(or_ask=more_may_come))
            while given in results:
                yield results.pop(given)
                given += 1
    except BaseException:
        at_work.dismiss(at_once=True)
        raise
    at_work.dismiss()


class _Worker(Generic[T]):
    """A process and what it is doing."""

    def __init__(self, process: BaseProcess, line: Connection) -> None:
        self.process = process
        self.line = line
        self.busy: tuple[int, T] | None = None
        self.load = 0


class _AtWork(Generic[T, R]):
    """The processes; started one by one as there is work for them."""

    def __init__(self, work: Callable[[T], R], lost: Callable[[T, str], R], crew: Crew[T]) -> None:
        self._work = work
        self._lost = lost
        self._crew = crew
        self._workers: list[_Worker[T]] = []

    def _busy(self) -> list[_Worker[T]]:
        return [worker for worker in self._workers if worker.busy]

    def may_ask(self) -> bool:
        """Whether a process is free, and the next task can be had without waiting; or there is nothing else to do."""
        busy = self._busy()
        source = self._crew.source
        return not busy or (len(busy) < self._crew.jobs and (source is None or bool(connection.wait([source], 0))))

    def may_take(self, task: T) -> bool:
        """Whether a task is not too heavy to be begun beside the others."""
        busy = self._busy()
        return not busy or sum(worker.load for worker in busy) + self._crew.weigh(task) <= self._crew.limit

    def give(self, number: int, task: T) -> None:
        """Have a free process begin with a task."""
        worker = next((worker for worker in self._workers if worker.busy is None), None) or self._start()
        worker.busy = (number, task)
        worker.load = self._crew.weigh(task)
        with suppress(BrokenPipeError):  # it died while it had nothing to do; wait() finds that out
            worker.line.send(task)

    def wait(self, *, or_ask: bool) -> Iterator[tuple[int, R]]:
        """Numbers and results of the tasks that are done next; none if the next task, if asked for, comes before."""
        busy = self._busy()
        source = self._crew.source if or_ask and len(busy) < self._crew.jobs else None
        ready = connection.wait([worker.line for worker in busy] + ([] if source is None else [source]))
        for worker in busy:
            if worker.line not in ready or worker.busy is None:
                continue
            number, task = worker.busy
            worker.busy = None
            try:
                done, answer = worker.line.recv()
            except (EOFError, OSError):
                done, answer = False, self._bury(worker)
            yield number, (answer if done else self._lost(task, answer))

    def dismiss(self, *, at_once: bool = False) -> None:
        """End the processes: when they have done what they are doing, or now."""
        for worker in self._workers:
            worker.line.close()
            if at_once:
                worker.process.terminate()
        for worker in self._workers:
            worker.process.join(_PATIENCE if at_once else None)
            worker.process.kill()

    def _start(self) -> "_Worker[T]":
        ours, theirs = _CONTEXT.Pipe()
        # A forked process has our ends of the others' pipes too. It has to let go of them: only when nobody
        # holds them any more do the others see that we are gone.
        inherited = [worker.line for worker in self._workers] + [ours] if sys.platform == "linux" else []
        process = _CONTEXT.Process(target=_serve, args=(self._work, theirs, inherited), daemon=True)
        with _no_interrupt():
            process.start()
        theirs.close()
        worker: _Worker[T] = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _bury(self, worker: "_Worker[T]") -> str:
        self._workers.remove(worker)
        worker.line.close()
        worker.process.join()
        code = worker.process.exitcode or 0
        if code >= 0:
            return f"the process that cleaned it ended with code {code}"
        name = signal.Signals(-code).name
        why = ", perhaps for want of memory; try fewer processes (-j)" if name == "SIGKILL" else ""
        return f"the process that cleaned it was ended by {name}{why}"


class _no_interrupt:
    """Ctrl-C waits until a new process has been told to leave it to us."""

    def __enter__(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

    def __exit__(self, *_: object) -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _serve(work: Callable[[T], R], line: Connection, inherited: list[Connection]) -> None:
    """Do the tasks that come in until there are no more; runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    for other in inherited:
        other.close()
    while True:
        try:
            task = line.recv()
        except EOFError:
            return
        try:
            answer: tuple[bool, R | str] = (True, work(task))
        except Exception as error:  # whatever it is, it is one task's trouble
            answer = (False, f"unexpected {type(error).__name__}: {error}; a fault of cleaner, please report it")
        line.send(answer)


def _leave(*_: object) -> None:
    raise SystemExit(143)  # as an exception, so that a file half written is removed on the way out
