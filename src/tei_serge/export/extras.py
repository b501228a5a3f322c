"""Packages that only some formats need: asked for when they are used, with a word on how to get them."""

from importlib import import_module

from tei_serge.diagnostics import TeiSergeError, diagnostic

__all__ = ["require"]


def require(package: str, extra: str, format: str) -> None:
    """See that a package of an extra of ours is there. Raises TeiSergeError `EXP-008`."""
    try:
        import_module(package)
    except ImportError as error:
        found = diagnostic("EXP-008", format=format, package=package, extra=extra)
        raise TeiSergeError(found) from error
