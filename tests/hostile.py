"""What the tests of hostile input share: small schemas, the places of faults, a process of its own for each danger."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from tei_serge.relaxng import Fault, Schema, load

RNG = (
    'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
)
ANY = """<start><ref name="any"/></start><define name="any"><element><anyName/><zeroOrMore><choice>
<attribute><anyName/></attribute><text/><ref name="any"/></choice></zeroOrMore></element></define>"""
NESTED = """<start><ref name="a"/></start><define name="a"><element name="a"><optional><ref name="a"/></optional>
</element></define>"""
# r holds any number of b, each with a number as k.
ROW = """<start><element name="r"><zeroOrMore><element name="b"><attribute name="k"><data type="int"/></attribute>
</element></zeroOrMore></element></start>"""
LEAVES = """<start><element name="r"><zeroOrMore><choice><element name="c"><empty/></element>
<element name="b"><element name="x"><empty/></element></element></choice></zeroOrMore></element></start>"""


def grammar(content: str) -> str:
    return f"<grammar {RNG}>{content}</grammar>"


def element(content: str) -> str:
    return grammar(f'<start><element name="r">{content}</element></start>')


def many(name: str, count: int) -> str:
    return "".join(name.format(number, number + 1) for number in range(count))


LAUGHS = '<!ENTITY a "haha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghijk", "bcdefghijkl", strict=True)
)
Make = Callable[[str], Schema]


def made(folder: Path, text: str, name: str = "schema.rng") -> Schema:
    """Load a schema that is given as text."""
    path = folder / name
    path.write_text(text, "utf-8")
    return load(path)


def place(fault: Fault) -> tuple[int, int, int, int]:
    return fault.line, fault.column, fault.end_line, fault.end_column


def marked(fault: Fault) -> str:
    """What is marked in the line that is shown."""
    begin = fault.column - fault.extent.shown_from
    return fault.extent.shown[begin : begin + max(fault.end_column - fault.column, 0)]


class Told(NamedTuple):
    """What a process of its own tells of a document: the kinds of its faults, the codes of its findings, the reason
    of the last fault, which forbidden things were opened, and what it took.
    """

    kinds: list[str]
    codes: list[str]
    last: str
    opened: list[str]
    seconds: float
    megabytes: float


_CHILD = """
import json, resource, sys, time
from pathlib import Path
from tei_serge.relaxng import load, validate
from tei_serge.validation.validator import Options, Validator
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
schema, both = Path(sys.argv[1]), sys.argv[2] == "both"
loaded = load(schema)
validator = Validator(Options(schema))
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event in ("open", "socket.connect") else None)
for document in map(Path, sys.argv[3:]):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    opened.clear()
    begin = time.process_time()
    faults = validate(loaded, document).faults
    seconds = time.process_time() - begin
    megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    codes = [one.code for one in validator.check(document)] if both else []
    touched = [one for one in opened if "secret" in one or "127.0.0.1" in one]
    last = faults[-1].reason or faults[-1].value if faults else ""
    print(json.dumps([[fault.kind for fault in faults], codes, last, touched, seconds, megabytes]), flush=True)
"""


def in_process(
    folder: Path, schema: str, documents: Mapping[str, bytes], both: bool = True
) -> dict[str, Told]:
    """Validate documents in a process of its own, by the engine alone or also by the program, by their names."""
    (folder / "schema.rng").write_text(schema, "utf-8")
    paths = []
    for number, data in enumerate(documents.values()):
        paths.append(folder / f"{number}.xml")
        paths[-1].write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, folder / "schema.rng", "both" if both else "one", *paths],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    for path in paths:
        path.unlink()
    told = [Told(*json.loads(line)) for line in done.stdout.splitlines()]
    failed = list(documents)[len(told)] if len(told) < len(documents) else ""
    assert done.returncode == 0, (failed, done.returncode, done.stderr[-500:])
    return dict(zip(documents, told, strict=True))
