"""Standard input and output as bytes."""

import sys


def read_input() -> bytes:
    """All of standard input."""
    return sys.stdin.buffer.read()


def write_output(data: bytes) -> None:
    """Write to standard output, after what was written there as text."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
