"""Standard input and output, and what to do where the system refuses them."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from tei_serge.diagnostics import TeiSergeError, diagnostic

PIPE_CLOSED = 141
"""The exit status where the reader of a pipe has gone: 128 and the number of SIGPIPE, as shells count."""


def read_input() -> bytes:
    """All of standard input."""
    try:
        if sys.stdin is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return sys.stdin.buffer.read()
    except OSError as error:
        raise TeiSergeError(diagnostic("SRC-003", name="standard input", reason=_reason(error))) from error


def write_output(data: bytes) -> None:
    """Write to standard output, after what was written there as text."""
    _must_be_open()
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_line(text: str) -> None:
    """Write one line of a result to standard output."""
    _must_be_open()
    click.echo(text)


@contextmanager
def output_guarded() -> Iterator[None]:
    """End with a message where a stream cannot be written, and quietly where nobody reads it any more."""
    try:
        yield
    except OSError as error:
        # A file has a name; such an error is another matter.
        if error.filename is not None:
            raise
        _abandon_output()
        if error.errno == errno.EPIPE:
            raise click.exceptions.Exit(PIPE_CLOSED) from error
        found = diagnostic("OUT-009", reason=_reason(error))
        with suppress(OSError):
            click.echo(f"tei-serge: {found.severity} {found.code} {found.message}", err=True)
        raise click.exceptions.Exit(1) from error


def _must_be_open() -> None:
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def _abandon_output() -> None:
    """Let what could not be written vanish, or Python would try again at its end and complain."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
            continue
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
