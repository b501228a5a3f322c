"""Do the same to many things in several processes; results come in order, one that dies stops no other."""

import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:  # most runs have one process, and these take long to import
    from concurrent.futures import Future, ProcessPoolExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")


def side_by_side(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    processes: int,
    lost: Callable[[Item], Result],
    copies: bool = False,
) -> Iterator[Result]:
    """The results of a function of a module, in the order of the items; `lost` is for what kills its process.

    The processes are kept busy, and few results wait at a time. With `copies` they know at once what this one
    has learnt, for which `can_copy` must hold; otherwise they begin anew.
    """
    from concurrent.futures import BrokenExecutor

    rest = iter(items)
    waiting: deque[Item] = deque()
    futures: deque[Future[Result]] = deque()
    with _executor(processes, copies) as executor:

        def hand_out(count: int) -> None:
            for item in islice(rest, count):
                # First on the list, or it would be lost where the processes die just now.
                waiting.append(item)
                futures.append(executor.submit(function, item))

        done = False
        try:
            hand_out(processes * 4)
            while waiting:
                result = futures.popleft().result()
                waiting.popleft()
                yield result
                hand_out(1)
            done = True
        except BrokenExecutor:
            pass
        finally:
            if not done:
                # Nobody waits for what is still being worked on.
                executor.shutdown(wait=False, cancel_futures=True)
    # A process was killed, mostly for want of memory: from here on each item has a process of its own.
    for item in [*waiting, *rest]:
        yield _alone(function, item, lost)


def can_copy() -> bool:
    """Whether this process can be copied: on Linux, while it has no thread that could hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


def _alone(function: Callable[[Item], Result], item: Item, lost: Callable[[Item], Result]) -> Result:
    from concurrent.futures import BrokenExecutor

    with _executor(1) as executor:
        try:
            return executor.submit(function, item).result()
        except BrokenExecutor:
            return lost(item)


def _executor(processes: int, copies: bool = False) -> "ProcessPoolExecutor":
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Fresh processes unless told otherwise: a copy of one that has threads (a progress bar) may hang.
    return ProcessPoolExecutor(processes, mp_context=get_context("fork" if copies else "spawn"))
