"""Names of elements and attributes, and the name classes of a schema.

An expanded name is one string: the namespace, `SEPARATOR`, the local name; or the local name alone where
there is no namespace. The separator is a control character that XML forbids, so no document can forge it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

SEPARATOR = "\x1f"
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns"
# No document can hold these, so they stand for "some name that nobody has thought of".
_ANY_LOCAL = "\x00"
_ANY_NAMESPACE = "\x00"


def expanded(namespace: str, local: str) -> str:
    """The expanded name of a namespace, possibly empty, and a local name."""
    return f"{namespace}{SEPARATOR}{local}" if namespace else local


def split(name: str) -> tuple[str, str]:
    """The namespace and the local name of an expanded name.

    >>> split(expanded("urn:x", "p"))
    ('urn:x', 'p')
    """
    namespace, _, local = name.rpartition(SEPARATOR)
    return namespace, local


@dataclass(frozen=True, slots=True)
class Name:
    """One expanded name."""

    name: str

    def contains(self, name: str) -> bool:
        """Whether the class holds this expanded name."""
        return name == self.name


@dataclass(frozen=True, slots=True)
class AnyName:
    """Every name, apart from those of a class."""

    exception: "NameClass | None" = None

    def contains(self, name: str) -> bool:
        """Whether the class holds this expanded name."""
        return self.exception is None or not self.exception.contains(name)


@dataclass(frozen=True, slots=True)
class NsName:
    """Every name of one namespace, apart from those of a class."""

    namespace: str
    exception: "NameClass | None" = None

    def contains(self, name: str) -> bool:
        """Whether the class holds this expanded name."""
        if name.rpartition(SEPARATOR)[0] != self.namespace:
            return False
        return self.exception is None or not self.exception.contains(name)


@dataclass(frozen=True, slots=True)
class NameChoice:
    """The names of any of several classes."""

    classes: tuple["NameClass", ...]
    _single: frozenset[str] = field(init=False, repr=False, compare=False)
    _others: tuple["NameClass", ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        single = frozenset(item.name for item in self.classes if isinstance(item, Name))
        object.__setattr__(self, "_single", single)
        object.__setattr__(self, "_others", tuple(one for one in self.classes if not isinstance(one, Name)))

    def contains(self, name: str) -> bool:
        """Whether the class holds this expanded name."""
        return name in self._single or any(item.contains(name) for item in self._others)


NameClass = Name | AnyName | NsName | NameChoice


def parts(names: NameClass) -> Iterator[NameClass]:
    """A class and all classes in it, those of exceptions too."""
    yield names
    if isinstance(names, NameChoice):
        for item in names.classes:
            yield from parts(item)
    elif isinstance(names, AnyName | NsName) and names.exception is not None:
        yield from parts(names.exception)


def single_names(names: NameClass) -> list[str] | None:
    """The expanded names of a class that lists them; None for one with a wildcard."""
    if isinstance(names, Name):
        return [names.name]
    if isinstance(names, NameChoice):
        lists = [single_names(item) for item in names.classes]
        return None if None in lists else [name for item in lists for name in item or ()]
    return None


def is_open(names: NameClass) -> bool:
    """Whether a class has a wildcard."""
    return single_names(names) is None


def overlap(one: NameClass, other: NameClass) -> bool:
    """Whether some name is in both classes (RELAX NG specification, 7.3 and 7.4).

    >>> overlap(AnyName(Name("p")), Name("p")), overlap(NsName("urn:x"), AnyName(NsName("urn:y")))
    (False, True)
    """
    samples = {*_samples(one), *_samples(other)}
    return any(one.contains(name) and other.contains(name) for name in samples)


def _samples(names: NameClass) -> Iterable[str]:
    """Names of which at least one is in the class if anything of its kind is."""
    for part in parts(names):
        if isinstance(part, Name):
            yield part.name
        elif isinstance(part, NsName):
            yield f"{part.namespace}{SEPARATOR}{_ANY_LOCAL}" if part.namespace else _ANY_LOCAL
        elif isinstance(part, AnyName):
            yield f"{_ANY_NAMESPACE}{SEPARATOR}{_ANY_LOCAL}"


def fault_of(names: NameClass, attribute: bool) -> str:
    """What makes a name class impossible (4.16), as a sentence; "" if nothing does."""
    for part in parts(names):
        if isinstance(part, AnyName | NsName) and part.exception is not None:
            kind = "anyName" if isinstance(part, AnyName) else "nsName"
            inside = list(parts(part.exception))
            if any(isinstance(item, AnyName) for item in inside):
                return f"{kind} cannot except anyName"
            if isinstance(part, NsName) and any(isinstance(item, NsName) for item in inside):
                return "nsName cannot except nsName"
        if not attribute:
            continue
        if isinstance(part, NsName) and part.namespace.startswith(XMLNS_NAMESPACE):
            return "an attribute cannot have a name in the namespace of namespace declarations"
        if isinstance(part, Name) and (part.name == "xmlns" or part.name.startswith(XMLNS_NAMESPACE)):
            return (
                "an attribute cannot have the name xmlns, or one in the namespace of namespace declarations"
            )
    return ""
