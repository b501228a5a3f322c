"""Authority files: who and what is known by name, and where these names stand in a text."""

from tei_serge.authority.model import Entry, Form, Kind, Match
from tei_serge.authority.register import Register, empty_register, load_register

__all__ = ["Entry", "Form", "Kind", "Match", "Register", "empty_register", "load_register"]
