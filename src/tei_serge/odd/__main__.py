"""`python -m tei_serge.odd ODD FOLDER [--check]`: write, or only compare, the compiled schemas."""

from pathlib import Path

import click

from tei_serge.diagnostics import TeiSergeError, diagnostic
from tei_serge.odd import compile_odd


def _stale(compiled: dict[str, bytes], folder: Path) -> list[str]:
    """The names of the files in `folder` that are missing or differ from what was compiled."""
    paths = {name: folder / name for name in compiled}
    return [name for name, path in paths.items() if not path.is_file() or path.read_bytes() != compiled[name]]


@click.command(epilog="Example: python -m tei_serge.odd schemas/tei_serge.odd schemas --check")
@click.argument("odd", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a compiled schema is out of date.")
def main(odd: Path, folder: Path, check: bool) -> None:
    """Compile the schema ODD into RELAX NG and Schematron files in FOLDER."""
    try:
        compiled = compile_odd(odd)
        stale = _stale(compiled, folder)
        if check and stale:
            raise TeiSergeError(diagnostic("ODD-006", names=", ".join(stale), odd=odd))
        folder.mkdir(parents=True, exist_ok=True)
        for name in stale:
            (folder / name).write_bytes(compiled[name])
            click.echo(f"wrote {folder / name}", err=True)
    except TeiSergeError as error:
        click.echo(f"{odd}: {error.finding.severity} {error.finding.code} {error}", err=True)
        raise SystemExit(error.status) from None


if __name__ == "__main__":
    main()
