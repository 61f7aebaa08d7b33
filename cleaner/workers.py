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


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """Stands among the tasks for one whose result is known; it comes out in its place."""

    result: R


def cores() -> int:
    """How many processes can work at once on this machine."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def run(
    work: Callable[[T], R], tasks: Iterable[T | Done[R]], jobs: int, lost: Callable[[T, str], R], window: int
) -> Generator[R]:
    """The results of ``work`` on every task, in the order of the tasks, from ``jobs`` processes.

    No more than ``window`` tasks are ahead of the result given out last; so memory stays bounded while one task
    takes long. If a process dies, or ``work`` raises, ``lost`` makes the result from the task and the reason, and
    another process goes on. ``work`` and ``tasks`` must be things that can be sent to a process. Closing the iterator
    ends the processes at once.
    """
    crew: _Crew[T, R] = _Crew(work, lost, jobs)
    queue = iter(tasks)
    results: dict[int, R] = {}
    taken = given = 0
    more = True
    try:
        while more or given < taken:
            while more and given not in results and taken - given < window and crew.has_room():
                task = next(queue, None)
                if task is None:
                    more = False
                    break
                if isinstance(task, Done):
                    results[taken] = task.result
                else:
                    crew.give(taken, task)
                taken += 1
            if given < taken and given not in results:
                results.update(crew.wait())
            while given in results:
                yield results.pop(given)
                given += 1
    except BaseException:
        crew.dismiss(at_once=True)
        raise
    crew.dismiss()


class _Worker(Generic[T]):
    """A process and what it is doing."""

    def __init__(self, process: BaseProcess, line: Connection) -> None:
        self.process = process
        self.line = line
        self.busy: tuple[int, T] | None = None


class _Crew(Generic[T, R]):
    """The processes; started one by one as there is work for them."""

    def __init__(self, work: Callable[[T], R], lost: Callable[[T, str], R], jobs: int) -> None:
        self._work = work
        self._lost = lost
        self._jobs = jobs
        self._workers: list[_Worker[T]] = []

    def has_room(self) -> bool:
        return len(self._workers) < self._jobs or any(worker.busy is None for worker in self._workers)

    def give(self, number: int, task: T) -> None:
        """Have a free process begin with a task."""
        worker = next((worker for worker in self._workers if worker.busy is None), None) or self._start()
        worker.busy = (number, task)
        with suppress(BrokenPipeError):  # it died while it had nothing to do; wait() finds that out
            worker.line.send(task)

    def wait(self) -> Iterator[tuple[int, R]]:
        """Numbers and results of the tasks that are done next; at least one."""
        lines = {worker.line: worker for worker in self._workers if worker.busy}
        for line in connection.wait(list(lines)):
            worker = lines[line]  # type: ignore[index]
            assert worker.busy is not None
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
            worker.process.join()

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
