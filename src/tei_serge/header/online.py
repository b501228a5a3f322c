"""The web archive that the text comes from, and when it was put there."""

from collections.abc import Sequence

from tei_serge.header.fields import Fields
from tei_serge.header.model import Credit, DateStatement, Licence, Title
from tei_serge.header.tables import imprint

__all__ = ["find_site", "site_dates", "translated_for_site"]


def _value(date: DateStatement) -> str:
    return next((value for name, value in date.attributes if name != "cert"), "")


def find_site(fields: Fields) -> Title | None:
    """The web archive: as the text names it, else supplied from the formulae of its front block."""
    for name in fields.sites:
        if "Internet" in name.text or "Website" in name.text:
            return Title(name.text, "m", "", "", name.span)
    for label in (key for keys, _, _ in fields.lines for key in keys):
        supplied = imprint()["sites_by_label"].get(label)
        if supplied and (label != "translated" or fields.credits.for_site):
            return Title(supplied, "m", "supplied", "", None, True)
    return None


def site_dates(
    fields: Fields, licence: Licence | None, updated: Sequence[DateStatement]
) -> tuple[DateStatement, ...]:
    """The dates of the online edition: translation, transcription, rights, last change."""
    found: dict[tuple[str, str], DateStatement] = {}
    for date in (*fields.credits.dates, *fields.site_dates):
        if date.attributes and date.type:
            found.setdefault((date.type, date.text), date)
    dates = list(found.values())
    if licence and licence.when:
        public = licence.name.startswith("public domain")
        kind = "publication" if public else "copyleft" if licence.status == "free" else "copyright"
        dates.append(DateStatement(licence.when, (("when", licence.when),), kind))
    return (*dates, *updated)


def translated_for_site(fields: Fields, credits: Sequence[Credit]) -> bool:
    """Whether the translation was made for the web archive, and not taken from print."""
    translators = [credit for credit in credits if credit.role == "translator"]
    labels = {key for keys, _, _ in fields.lines for key in keys}
    recent = any(_value(date) >= "1990" for credit in translators for date in credit.dates)
    return bool(translators) and (fields.credits.for_site or recent or "copyleft" in labels)
