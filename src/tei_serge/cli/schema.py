"""`tei-serge schema`: the schemas of others, in the user's cache."""

import click

from tei_serge.cli.report import guarded
from tei_serge.cli.streams import write_line
from tei_serge.schema_store import install as install_schema
from tei_serge.schema_store import list_schemas
from tei_serge.validation import load_schema, schema_file


@click.group()
def schema() -> None:
    """Install and list the schemas that `validate` can use.

    \b
    Example:
      tei-serge schema install tei_all
      tei-serge schema list
    """


@schema.command(short_help="Bring the schema NAME into your cache.")
@click.argument("name", metavar="NAME")
@click.option(
    "--from", "origin", metavar="FILE|URL", help="Where to take it from, if not from where it is published."
)
@guarded
def install(name: str, origin: str | None) -> None:
    """Bring the schema NAME into your cache, over the network if it is not a file, and check it as a whole.

    \b
    Example:
      tei-serge schema install tei_all
      tei-serge schema install our_project --from project.rng
    """
    done = install_schema(name, origin)
    click.echo(
        f"{done.name} installed as {done.path}\n  from {done.origin}\n  SHA-256 {done.sha256}", err=True
    )
    # A whole check takes longer than a small file does: it is done here, and what is good is remembered.
    load_schema(name)


@schema.command(name="list")
@guarded
def list_() -> None:
    """List the schemas: name, where it is installed, what it is.

    \b
    Example:
      tei-serge schema list
    """
    for item in list_schemas():
        write_line("\t".join((item.name, str(item.path or "not installed"), item.title or item.origin)))


@schema.command()
@click.argument("name", metavar="NAME")
@guarded
def path(name: str) -> None:
    """Print the path of the schema NAME, for use with other programs.

    \b
    Example:
      jing "$(tei-serge schema path tei_serge)" tei/letter.xml
    """
    write_line(str(schema_file(name)))
