"""`tei-serge init`: a folder to work in."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from tei_serge.cli.report import guarded
from tei_serge.diagnostics import TeiSergeError, diagnostic
from tei_serge.files import write_atomically

# Where each template goes. Their names begin with no dot, so that no tool passes them over.
_PLACES = {
    "tei-serge.toml": "tei-serge.toml",
    "raw.md": "raw/README.md",
    "tei.md": "tei/README.md",
    "authority.md": "authority/README.md",
    "workflow.yml": ".github/workflows/tei.yml",
    "pre-commit.yaml": ".pre-commit-config.yaml",
}


@click.command(short_help="Lay out a project of your own.")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@guarded
def init(folder: Path) -> None:
    """Lay out a project in DIR: settings, folders, a check for GitHub and for pre-commit.

    Files that are there already are left as they are.

    \b
    Example:
      tei-serge init my-archive
    """
    templates = files("tei_serge").joinpath("data/project")
    for template, place in _PLACES.items():
        path = folder / place
        if path.exists() or path.is_symlink():
            click.echo(f"{path} is there already, and is left as it is", err=True)
        else:
            _write(path, templates.joinpath(template))
            click.echo(f"{path} written", err=True)


def _write(path: Path, template: Traversable) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TeiSergeError(diagnostic("OUT-002", name=path.parent, reason=error.strerror)) from error
    write_atomically(path, template.read_bytes())
