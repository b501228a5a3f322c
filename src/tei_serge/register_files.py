"""The register files of a collection: what each text names is kept, so that a run of a few loses nothing.

`DIR/.tei-serge/registers.jsonl` holds one line for each encoding that points into `DIR/registers`: its name,
and the entries with the number of their mentions. From all lines together the files are made anew after each
run, so that they do not depend on the order of texts, the number of processes, or how many runs there were.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tei_serge.batch import NOT_WRITTEN, Counted, Encoded
from tei_serge.diagnostics import Diagnostic, TeiSergeError, diagnostic
from tei_serge.files import STATE_FOLDER, keep_copy, locked, save_all, write_atomically
from tei_serge.findings import Finding, located
from tei_serge.model import Entity
from tei_serge.tei.external import FILES, FOLDER
from tei_serge.tei.register_file import register_document

__all__ = ["keep_registers"]

STATE = "registers.jsonl"
_ENTRY = re.compile(r'<(?:person|personGrp|place|org|event|bibl) xml:id="([^"]+)"')
_WORDS = "Made by tei_serge from the texts of the folder above that point here."

Texts = dict[str, tuple[Counted, ...]]
"""What each encoding names, by its file name."""


def keep_registers(
    results: Iterable[Encoded], folder: Path, publisher: str, force: bool = False
) -> Iterator[Encoded]:
    """Pass on the results that were saved in a folder, and bring its register files up to date behind them.

    What there is to say of these files comes as one result more, without data. An interrupted run writes them
    for the texts that it has written. Where no text has external registers and none had, nothing is done.
    """
    changed: dict[str, tuple[Counted, ...] | None] = {}
    try:
        for result in results:
            if result.data is not None and not any(one.code in NOT_WRITTEN for one in result.findings):
                changed[result.target] = result.entities
            yield result._replace(entities=None)
    except BaseException:
        _update(folder, changed, publisher, force)
        raise
    findings = _update(folder, changed, publisher, force)
    if findings:
        yield Encoded(str(folder / FOLDER), "", None, tuple(findings))


def _update(
    folder: Path, changed: Mapping[str, tuple[Counted, ...] | None], publisher: str, force: bool
) -> list[Finding]:
    """Take up what the texts of a run name, and write the files; what went wrong comes back."""
    state = folder / STATE_FOLDER / STATE
    if not any(entities is not None for entities in changed.values()) and not state.exists():
        return []
    try:
        with locked(folder):
            texts = _read(state, force)
            for target, entities in changed.items():
                texts.pop(target, None)
                if entities is not None:
                    texts[target] = entities
            # An encoding that was removed points nowhere any more.
            texts = {name: texts[name] for name in sorted(texts) if (folder / name).is_file()}
            if not state.exists() and not force:
                _refuse_to_shrink(folder, texts, state)
            _write(state, texts)
            return _write_files(folder, texts, publisher, force)
    except TeiSergeError as error:
        return [located(error.finding, str(folder / FOLDER))]


def _refuse_to_shrink(folder: Path, texts: Texts, state: Path) -> None:
    """Where the record is lost, let no run of a few texts take the entries of the others out of the files.

    Raises TeiSergeError `OUT-006`.
    """
    new = {entity.id for counted in texts.values() for entity, _ in counted}
    for name in dict.fromkeys(FILES.values()):
        path = folder / FOLDER / name
        try:
            held = set(_ENTRY.findall(path.read_text("utf-8")))
        except (OSError, ValueError):
            continue  # nothing is there, or nothing of ours, which is not written over anyway
        if held - new:
            reason = f"it is missing, and {path} holds entries of other texts; encode all texts"
            raise TeiSergeError(diagnostic("OUT-006", name=state, reason=reason))


def _write_files(folder: Path, texts: Texts, publisher: str, force: bool) -> list[Finding]:
    entities, mentions, clashes = _united(texts)
    outputs: dict[str, bytes] = {}
    idle: list[Diagnostic] = []
    for name in dict.fromkeys(FILES.values()):
        own = [one for one in entities if FILES[one.kind] == name]
        path = folder / FOLDER / name
        if own:
            outputs[name] = register_document(own, mentions, publisher, _WORDS)
        elif path.exists():
            idle.append(diagnostic("OUT-010", name=path))
    saved = save_all(folder / FOLDER, outputs, force) if outputs else []
    found = [located(note, str(file.path)) for file in saved for note in file.diagnostics]
    found += [located(note, dict(note.values)["name"]) for note in idle]
    return [*found, *(located(note, str(folder / FOLDER)) for note in clashes)]


def _united(texts: Texts) -> tuple[list[Entity], Counter[str], list[Diagnostic]]:
    """Each entry once, with all its forms and the sum of its mentions, in the order of the texts' names."""
    found: dict[str, tuple[str, Entity]] = {}
    mentions: Counter[str] = Counter()
    clashes: dict[str, Diagnostic] = {}
    for name, counted in texts.items():
        for entity, count in counted:
            mentions[entity.id] += count
            if entity.id not in found:
                found[entity.id] = name, entity
                continue
            first, known = found[entity.id]
            if not (known.known and entity.known):
                clashes.setdefault(name, diagnostic("OUT-011", name=name, other=first, id=entity.id))
            forms = dict.fromkeys((*known.forms, *_later(entity)))
            texts_of = {text for _, text in known.forms}
            kept = [form for form in forms if form in known.forms or form[1] not in texts_of]
            found[entity.id] = first, replace(known, forms=tuple(kept))
    return [entity for _, entity in found.values()], mentions, list(clashes.values())


def _later(entity: Entity) -> Iterator[tuple[str, str]]:
    """The forms of an entry that another text has too: it has a main one already."""
    for kind, text in entity.forms:
        yield ("variant" if kind == "main" else kind), text


def _read(state: Path, force: bool) -> Texts:
    """What earlier runs have kept.

    Raises TeiSergeError `OUT-006` where it is damaged; with `force` it is put aside, and begun anew.
    """
    texts: Texts = {}
    try:
        for line in state.read_text("utf-8").splitlines():
            raw = json.loads(line)
            texts[str(raw["text"])] = tuple((_entity(one), int(count)) for one, count in raw["entries"])
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        if force and not isinstance(error, OSError):
            keep_copy(state.parent / "kept", state.name, state.read_bytes())
            return {}
        reason = (error.strerror if isinstance(error, OSError) else None) or "it is damaged"
        raise TeiSergeError(diagnostic("OUT-006", name=state, reason=reason)) from error
    return texts


def _entity(raw: dict[str, Any]) -> Entity:
    forms = tuple((str(kind), str(text)) for kind, text in raw.pop("forms"))
    return Entity(**{**raw, "forms": forms, "authors": tuple(raw["authors"])})


def _write(state: Path, texts: Texts) -> None:
    lines = (
        json.dumps(
            {"text": name, "entries": [(asdict(one), count) for one, count in counted]}, ensure_ascii=False
        )
        for name, counted in texts.items()
    )
    write_atomically(state, "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))
