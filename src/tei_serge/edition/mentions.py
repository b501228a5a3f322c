"""A mention out of what was read of its element: where it stands, what it means, how sure that is and why."""

from collections.abc import Mapping

from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.model import Dates
from tei_serge.edition.content import Draft, Laid
from tei_serge.edition.dated import dates_of, duration_words
from tei_serge.edition.entities import Entries
from tei_serge.edition.model import Layer, Mention

__all__ = ["mention_of"]


def mention_of(draft: Draft, laid: Laid, entries: Entries, rules: Mapping[str, str]) -> Mention:
    """The mention that was read; `rules` are the words of the rules that the file declares."""
    node = draft.node
    start = draft.start.position if draft.start else 0
    end = draft.end.position if draft.end else start
    if draft.start is None:
        start = end
    words = laid.plain[start:end]
    ids = tuple(token[1:] for token in node.get("ana", "").split() if token.startswith("#"))
    why = "; ".join(rules[id] for id in ids if id in rules)
    dates = dates_of(node) if draft.layer is Layer.DATE else Dates()
    duration = node.get("dur", "").strip() or node.get("dur-iso", "").strip()
    return Mention(
        draft.layer,
        draft.part.tag,
        words,
        start,
        end,
        draft.start.leaf.part.id if draft.start else "",
        draft.part.id,
        () if draft.layer is Layer.DATE else entries.meant_by(node, draft.layer, " ".join(words.split())),
        node.get("type", ""),
        node.get("cert", ""),
        ids,
        why,
        dates,
        date_words(dates) or duration_words(duration),
        duration,
    )
