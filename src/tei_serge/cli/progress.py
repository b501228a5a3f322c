"""A progress bar over files, on a terminal and nowhere else."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_over(total: int, words: str, silent: bool) -> Iterator[Callable[[object], None]]:
    """Give a function to be called for each file; it moves the bar, or does nothing where there is none."""
    if silent or total < 2 or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _: None
        return
    # Only here, because rich takes longer to load than a file to read.
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(words, total=total)
        yield lambda _: progress.advance(task)
