"""Run a command in a process of its own and say what it took."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_CHECKOUT = str(Path(__file__).parent.parent / "src")
# ru_maxrss is in bytes on macOS and in kilobytes elsewhere.
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


class Cost(NamedTuple):
    """What processes took: seconds on the clock, seconds of processor, peak memory in bytes."""

    wall: float
    cpu: float
    peak: int


class FailedError(Exception):
    """A measured command did not end as it should; the message is what it said."""


def peak() -> int:
    """The peak memory of this process, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT


def run(command: Sequence[str]) -> Cost:
    """Run a command to its end. Raises FailedError for another exit status than 0.

    Linux lets a child begin with the peak of its parent, so the parent must be smaller than what it measures:
    it makes no texts and does not import tei_serge.
    """
    path = os.pathsep.join(filter(None, (_CHECKOUT, os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0"}
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # an installed program is compiled once, not at every start
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=environment,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            words = said.read(2_000).decode("utf-8", "replace").strip()
            raise FailedError(f"{command[0]} ended with {process.returncode}: {words}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _MAXRSS_UNIT)


def run_all(commands: Sequence[Sequence[str]]) -> Cost:
    """Run commands one after the other: the sum of their times, the largest of their peaks."""
    costs = [run(command) for command in commands]
    return Cost(
        sum(cost.wall for cost in costs),
        sum(cost.cpu for cost in costs),
        max(cost.peak for cost in costs),
    )
