"""Changes of attributes and their values; one that finds nothing to change gives no edits."""

from collections.abc import Sequence
from random import Random

from mutants import Document, Edit, Element, Mutation, Vocabulary
from mutation_places import Edits, added, an_attribute, misspelt
from mutation_words import (
    DATES,
    FOREIGN,
    IDENTITIES,
    TEI,
    VALUES,
)


def delete_attribute(_d: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    one = an_attribute(at, random)
    return [Edit(one.start, one.end, "")] if one else []


def rename_attribute(_d: Document, at: Element, random: Random, words: Vocabulary) -> Edits:
    one = an_attribute(at, random)
    if one is None:
        return []
    name = random.choice((random.choice(words.attributes), misspelt(one.name, random), "xml:base"))
    return [Edit(one.name_start, one.name_start + len(one.name), name)]


def add_attribute(document: Document, at: Element, random: Random, words: Vocabulary) -> Edits:
    name = random.choice(words.attributes)
    value = random.choice((*words.values, *VALUES))
    return added(at, f'{name}="{value}"')


def add_unknown_attribute(_d: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    return added(at, f'{random.choice(("wrong", "Type", "ключ", "xmlid"))}="{random.choice(VALUES)}"')


def add_foreign_attribute(_d: Document, at: Element, random: Random, words: Vocabulary) -> Edits:
    namespace = random.choice((FOREIGN, TEI))
    return added(
        at, f'xmlns:x="{namespace}" x:{random.choice((*words.attributes[:40], "a")).split(":")[-1]}="1"'
    )


def add_identity(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    held = [one for other in document.elements for one in other.attributes if one.name == "xml:id"]
    known = [document.text[one.value_start : one.value_end] for one in held]
    return added(at, f'xml:id="{random.choice((random.choice([*known, "new"]), random.choice(IDENTITIES)))}"')


def add_from(name: str, values: Sequence[str]) -> Mutation:
    def add(_d: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
        return added(at, f'{name}="{random.choice(values)}"')

    return add


def value_from(values: Sequence[str]) -> Mutation:
    def change(_d: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
        one = an_attribute(at, random)
        return [Edit(one.value_start, one.value_end, random.choice(values))] if one else []

    return change


def value_known(_d: Document, at: Element, random: Random, words: Vocabulary) -> Edits:
    one = an_attribute(at, random)
    return [Edit(one.value_start, one.value_end, random.choice(words.values))] if one else []


def value_letter(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    one = an_attribute(at, random)
    if one is None or one.value_start == one.value_end:
        return []
    place = random.randrange(one.value_start, one.value_end)
    new = random.choice(
        ("", " ", "l", "O", "-", ".", ":", "#", "é", "\t", "\n", document.text[place] * 2, "%")
    )
    return [Edit(place, place + 1, new)]


def value_of_other(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    one = an_attribute(at, random)
    other = an_attribute(random.choice(document.elements), random)
    if one is None or other is None:
        return []
    return [Edit(one.value_start, one.value_end, document.text[other.value_start : other.value_end])]


def dated(_d: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    name = random.choice(("when", "notBefore", "notAfter", "from", "to", "dur", "when-iso", "when-custom"))
    return added(at, f'{name}="{random.choice(DATES)}"')


def order_attributes(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    whole = [document.text[one.start : one.end] for one in at.attributes]
    random.shuffle(whole)
    return [Edit(at.attributes[0].start, at.attributes[-1].end, "".join(whole))] if len(whole) > 1 else []


def spread_tag(_d: Document, at: Element, random: Random, words: Vocabulary) -> Edits:
    """A start tag over several lines, sometimes with a wrong attribute in it."""
    wrong = random.choice(("", "\n  wrong='x'", f"\n  {random.choice(words.attributes)}='1'"))
    spread = [Edit(one.start, one.name_start, random.choice(("\n", "\n\n    "))) for one in at.attributes]
    return [Edit(at.name_end, at.name_end, wrong), *spread]


def quote(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    one = an_attribute(at, random)
    if one is None:
        return []
    other = "'" if document.text[one.value_end] == '"' else '"'
    held = document.text[one.value_start : one.value_end]
    return [Edit(one.value_start - 1, one.value_end + 1, f"{other}{held}{other}")]


def code_value(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    one = an_attribute(at, random)
    if one is None or one.value_start == one.value_end:
        return []
    place = random.randrange(one.value_start, one.value_end)
    return [Edit(place, place + 1, f"&#{ord(document.text[place])};")]
