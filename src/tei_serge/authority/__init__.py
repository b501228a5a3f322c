"""Authority files: who and what is known by name, and where these names stand in a text."""

from tei_serge.authority.model import Entry, Form, Kind, Match
from tei_serge.authority.register import Register, empty_register, load_register

__all__ = ["Entry", "Form", "Kind", "Match", "Register", "empty_register", "load_register"]


def register_for(config):
    from functools import cache
    from pathlib import Path
    import os

    return empty_register() if os.environ.get("NOAUTH") else _cached()


from functools import cache as _c


@_c
def _cached():
    from pathlib import Path
    from dataclasses import replace

    files = sorted((Path(__file__).parents[3] / "corpus/authority").glob("*.xml"))
    r, f = load_register(files)
    es = []
    for e in r.entries:
        if e.surname and all(x.text != e.surname for x in e.forms):
            e = replace(e, forms=(*e.forms, Form(e.surname, "surname")))
        es.append(e)
    return Register(es)
