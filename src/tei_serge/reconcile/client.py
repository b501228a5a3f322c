"""Ask a service about many names: in batches, with patience that ends, and never twice the same."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tei_serge.reconcile.answers import read_answer, read_service
from tei_serge.reconcile.cache import Cache
from tei_serge.reconcile.model import Answer, Manners, Query, Service
from tei_serge.reconcile.transport import ServiceError, ask

__all__ = ["BATCH", "Outcome", "ask_all", "describe"]

BATCH = 20
"""Queries in one request, where the service says nothing; public services take no more than some dozens."""

Sleep = Callable[[float], None]


class Outcome(NamedTuple):
    """What came of one batch: an answer for each of its queries, or why there is none.

    `strange` are keys of queries that nobody sent; `asked` tells a batch that was not sent at all, because
    those before it failed.
    """

    queries: tuple[Query, ...]
    answers: tuple[Answer, ...] = ()
    fault: str = ""
    strange: tuple[str, ...] = ()
    asked: bool = True


def describe(url: str, cache: Cache, manners: Manners, sleep: Sleep = time.sleep) -> Service:
    """What a service says of itself. Raises ServiceError where it says nothing that can be understood."""
    question: dict[str, object] = {"manifest": url}
    raw = cache.get(question)
    known = raw is not None
    if not known:
        raw = _patiently(url, None, manners, sleep)
    try:
        service = read_service(url, raw)
    except ValueError as error:
        raise ServiceError(f"its manifest is not understood: {error}") from error
    if not known:
        cache.put(question, raw)
    return service


def ask_all(
    service: Service,
    queries: Sequence[Query],
    cache: Cache,
    manners: Manners,
    batch: int = BATCH,
    sleep: Sleep = time.sleep,
) -> Iterator[Outcome]:
    """The outcome of each batch; first of what was answered in an earlier run, and is not asked again.

    A batch that fails is told, and the others go on, until `manners.patience` of them failed in a row.
    """
    different = tuple(dict.fromkeys(queries))
    kept = {query: cache.get(query.as_json()) for query in different}
    known = tuple(query for query in different if kept[query] is not None)
    if known:
        yield Outcome(known, tuple(read_answer(kept[query], service, query.limit) for query in known))
    failures = 0
    waiting = [query for query in different if kept[query] is None]
    for start in range(0, len(waiting), batch):
        group = tuple(waiting[start : start + batch])
        if failures >= manners.patience:
            yield Outcome(group, fault="not asked", asked=False)
            continue
        outcome = _ask(service, group, cache, manners, sleep)
        failures = failures + 1 if outcome.fault else 0
        yield outcome


def _ask(service: Service, group: tuple[Query, ...], cache: Cache, manners: Manners, sleep: Sleep) -> Outcome:
    form = {"queries": json.dumps({f"q{number}": query.as_json() for number, query in enumerate(group)})}
    try:
        raw = _patiently(service.url, form, manners, sleep)
    except ServiceError as error:
        return Outcome(group, fault=str(error))
    if not isinstance(raw, dict):
        return Outcome(group, fault="its answer is no JSON object")
    keys = {f"q{number}": query for number, query in enumerate(group)}
    if keys and not keys.keys() & raw.keys():
        return Outcome(group, fault="its answer speaks of none of the queries")
    answers = []
    for key, query in keys.items():
        if key not in raw:
            answers.append(Answer(fault="the service left it out of its answer"))
            continue
        answer = read_answer(raw[key], service, query.limit)
        if not answer.fault:
            cache.put(query.as_json(), raw[key])
        answers.append(answer)
    strange = tuple(str(key)[:40] for key in raw if key not in keys)
    return Outcome(group, tuple(answers), strange=strange)


def _patiently(url: str, form: dict[str, str] | None, manners: Manners, sleep: Sleep) -> object:
    """Ask, and ask again after growing pauses what may pass."""
    pause = manners.pause
    for left in range(manners.retries, -1, -1):
        try:
            return ask(url, manners.timeout, form)
        except ServiceError as error:
            wait = pause if error.wait is None else error.wait
            if wait > manners.longest:
                raise ServiceError(f"{error}, and it asks for a pause of {wait:.0f} seconds") from error
            if not left or not error.passing:
                tries = manners.retries - left + 1
                raise ServiceError(f"{error} ({tries} tries)" if tries > 1 else str(error)) from error
            sleep(wait)
            pause *= 2
    raise AssertionError("the last try returns or raises")
