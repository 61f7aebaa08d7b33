"""A file of JSON Lines from its beginning to its end, in constant memory."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from io import BufferedReader
from typing import BinaryIO, cast

from cleaner import files
from cleaner.config import Field
from cleaner.errors import CleanerError
from cleaner.records import TOLD, Block, Cleaned, blocks, clean_block
from cleaner.work import Order, Outcome, Task, evidence, failure

CleanBlocks = Callable[[Iterator[Block]], Iterable[Cleaned]]


def cleaner_of(order: Order) -> Callable[[Block], Cleaned]:
    """What cleans one block, here or in another process."""
    return partial(clean_block, field=order.field or Field(), config=order.config)


def perform(task: Task, order: Order) -> Outcome:
    """Do one task, one line after the other; like :func:`cleaner.work.perform`."""
    return stream(task, order, partial(map, cleaner_of(order)), _nobody, _nobody)


def stream(
    task: Task,
    order: Order,
    clean_blocks: CleanBlocks,
    put: Callable[[bytes], None],
    seen: Callable[[Cleaned], None],
) -> Outcome:
    """Do one task with ``clean_blocks``; ``put`` takes the text if it has no target, ``seen`` every block."""
    tally = _Tally(files.shown(task.name))
    try:
        before = files.stamp(task.name) if task.target and task.name != "-" else None
        with ExitStack() as stack:
            if task.target is not None:
                stack.enter_context(files.naming(task.target))
                replacing = files.Replacing(before, order.backup) if task.in_place and before else None
                file = stack.enter_context(files.writing(task.target, task.name, replacing))
                put = partial(_put, file)
            for block in clean_blocks(_blocks(task.name)):
                put(block.data)
                tally.add(block)
                seen(block)
            if task.in_place and not tally.changed:
                raise files.Unneeded
    except CleanerError as error:
        return failure(task.name, str(error))
    return tally.outcome(task.name, () if tally.bad else evidence(task, before))


class _Tally:
    """What has been seen of a file."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._notes: list[str] = []
        self.changed = 0
        self.bad = 0

    def add(self, block: Cleaned) -> None:
        """Raises :class:`cleaner.CleanerError` if no block is to follow."""
        self.changed += block.changed
        self.bad += block.bad
        told = [f"{self._label}: {trouble}" for trouble in block.troubles]
        if block.stopped:
            raise files.FileError(f"{told[-1]}; stopped there, see --bad-lines")
        self._notes += told[: TOLD - len(self._notes)]

    def outcome(self, name: str, evidence: tuple[int, ...]) -> Outcome:
        """What came of the file called ``name``."""
        passed = "one bad line" if self.bad == 1 else f"{self.bad:,} bad lines"
        error = f"{self._label}: {passed} passed on unchanged" if self.bad else ""
        return Outcome(name, "cleaned" if self.changed else "same", b"", tuple(self._notes), error, evidence)


def _blocks(name: str) -> Iterator[Block]:
    with files.naming(name), files.reading(name) as file:
        yield from blocks(cast(BufferedReader, file))


def _put(file: BinaryIO, data: bytes) -> None:
    file.write(data)


def _nobody(_: object) -> None:
    """Nothing is handed on."""
