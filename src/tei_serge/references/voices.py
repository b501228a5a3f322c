"""The quotations of a text one after the other: each with its speaker and its source."""

from collections.abc import Iterator

from tei_serge.model import Cert
from tei_serge.references.model import Phrase
from tei_serge.references.setting import Quoted, Setting, Voice
from tei_serge.references.sources import source_of, told_works, writing_of
from tei_serge.references.speakers import speaker_of

_ORDER = (None, Cert.HIGH, Cert.MEDIUM, Cert.LOW)


def voices(setting: Setting) -> Iterator[tuple[Quoted, Voice, tuple[Phrase, ...]]]:
    """Each quotation of which something is known, with its voice and the phrases that tell of it."""
    told = told_works(setting) if any(one.kind == "quote" for one in setting.quoted) else {}
    around: list[tuple[int, tuple[str, ...]]] = []
    last, position = "", 0
    for one in setting.quoted:
        while around and around[-1][0] <= one.span.start:
            around.pop()
        if setting.text.find("\x1e", position, one.span.start) >= 0:
            last = ""
        position = max(position, one.span.start)
        outer = around[-1][1] if around else ()
        found = speaker_of(setting, one.speaker, last, outer) if one.speaker is not None else None
        voice = found.voice if found else Voice()
        phrases = [found.phrase] if found and found.phrase else []
        around.append((one.span.end, voice.who))
        if len(voice.who) == 1:
            last = voice.who[0]
        source, reason = source_of(setting, one)
        cert = voice.cert
        if not source and one.kind == "quote" and len(voice.who) == 1:
            source, doubt, phrase = writing_of(setting, one, voice.who[0], told)
            reason = f"written by {setting.labels(voice.who[0])}"
            cert = lower(cert, doubt)
            phrases += [phrase] if phrase else []
        who = voice.who if one.kind == "said" else ()
        if who or source:
            reasons = "; ".join(filter(None, (voice.reason if voice.who else "", reason if source else "")))
            yield one, Voice(who, source, cert if voice.who else None, reasons), tuple(phrases)


def lower(one: Cert | None, other: Cert | None) -> Cert | None:
    """The less certain of two certainties."""
    return max(one, other, key=_ORDER.index)
