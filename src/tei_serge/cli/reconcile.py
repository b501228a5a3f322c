"""`tei-serge authority reconcile`: candidates of a service for the names of a review table."""

from collections.abc import Sequence
from pathlib import Path

import click

from tei_serge.authority.model import Kind
from tei_serge.cache_folder import cache_folder
from tei_serge.cli.progress import progress_over
from tei_serge.cli.report import Manner, Report, format_option, guarded, quiet_option, verbose_option
from tei_serge.diagnostics import TeiSergeError, diagnostic
from tei_serge.files import write_atomically
from tei_serge.plurals import counted
from tei_serge.reconcile import Cache, Manners, Reconciliation, Wishes, open_service, parse_table

_DEFAULTS = Manners()


@click.command(short_help="Ask a service for candidates of names.")
@click.argument("table", metavar="TABLE", type=click.Path(path_type=Path))
@click.option("--service", metavar="URL", required=True, help="The address of the service, http or https.")
@click.option(
    "--output", "-o", metavar="FILE", type=click.Path(path_type=Path), help="A new table; without it, TABLE."
)
@click.option(
    "--type", "types", metavar="KIND=ID", multiple=True, help="What the service calls a kind, as person=Q5."
)
@click.option(
    "--property",
    "properties",
    metavar="COLUMN=ID",
    multiple=True,
    help="What the service calls a column of the table, as birth=P569.",
)
@click.option(
    "--candidates",
    metavar="N",
    type=click.IntRange(1, 50),
    default=5,
    show_default=True,
    help="How many candidates a name may have.",
)
@click.option("--all", "all_names", is_flag=True, help="Ask about names with a decision, too.")
@click.option(
    "--batch", metavar="N", type=click.IntRange(1, 500), help="How many names to ask about at once."
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(0.05, 3600),
    default=_DEFAULTS.timeout,
    show_default=True,
    help="How long to wait for an answer.",
)
@click.option(
    "--retries",
    metavar="N",
    type=click.IntRange(0, 20),
    default=_DEFAULTS.retries,
    show_default=True,
    help="How often to ask again where asking may help.",
)
@click.option("--no-cache", is_flag=True, help="Neither read nor keep answers on this machine.")
@click.option("--refresh", is_flag=True, help="Ask again what was answered before.")
@format_option
@quiet_option
@verbose_option
@guarded
def reconcile(
    table: Path,
    service: str,
    output: Path | None,
    types: tuple[str, ...],
    properties: tuple[str, ...],
    candidates: int,
    all_names: bool,
    batch: int | None,
    timeout: float,
    retries: int,
    no_cache: bool,
    refresh: bool,
    form: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Ask a reconciliation service about the names of the review table TABLE, and write its candidates there.

    Rows that are there stay, with every decision; names with a decision are not asked about.

    \b
    Example:
      tei-serge authority reconcile review.csv --service http://127.0.0.1:5000/reconcile
    """
    if output is not None and output.exists() and not (table.exists() and output.samefile(table)):
        raise TeiSergeError(diagnostic("REC-012", name=output), 2)
    kinds = _pairs(types, "--type")
    unknown = [kind for kind in kinds if kind not in set(Kind)]
    if unknown:
        raise click.BadParameter(f"{unknown[0]} is none of {', '.join(Kind)}.", param_hint="--type")
    wishes = Wishes(kinds, _pairs(properties, "--property"), candidates, all_names)
    manners = _DEFAULTS._replace(timeout=timeout, retries=retries)
    read = parse_table(_bytes(table), str(table))
    cache = Cache(None if no_cache else cache_folder("reconciliation"), service, refresh)
    work = Reconciliation(read, str(table), open_service(service, cache, manners), wishes)
    try:
        with progress_over(len(work.asked), "Asking", quiet or form == "json") as step:
            work.run(cache, manners, batch or 0, lambda outcome: [step(query) for query in outcome.queries])
    finally:
        # Whatever ends the run, an interruption as well, what was found is written. The table is read again,
        # because somebody may have decided in it while the service was asked.
        _write(work, table, output or table)
    report = Report(Manner(form, quiet, verbose))
    report.add(work.findings)
    report.close(f"{table}: {_sum(work)}; ")


def _write(work: Reconciliation, table: Path, output: Path) -> None:
    before = _bytes(table)
    after = work.result(parse_table(before, str(table)))
    if after != before or output != table:
        write_atomically(output, after)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise TeiSergeError(diagnostic("REC-008", name=path, reason=reason.lower()), 2) from error


def _pairs(given: Sequence[str], option: str) -> dict[str, str]:
    found = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not (sign and name.strip() and value.strip()):
            raise click.BadParameter(f"{pair} is no pair such as person=Q5.", param_hint=option)
        found[name.strip().lower() if option == "--type" else name.strip()] = value.strip()
    return found


def _sum(work: Reconciliation) -> str:
    """How many names were asked about, and for how many the service had candidates."""
    names = counted(len(work.asked), "name", "names")
    answered = sum(bool(candidates) for candidates in work.found.values())
    return f"{names} to ask about, {len(work.found):,} answered, {answered:,} with candidates"
