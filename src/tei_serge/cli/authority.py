"""`tei-serge authority`: what texts name, decisions about new names, and authority files."""

import click

from tei_serge.cli.entries import export, list_entries
from tei_serge.cli.review import merge, suggest


@click.group(short_help="Review new names, and keep authority files.")
def authority() -> None:
    """Look through what texts name, decide about new names, and keep authority files.

    \b
    Example:
      tei-serge authority suggest tei/ -o review.csv
      tei-serge authority merge review.csv -o authority/names.xml
    """


for command in (list_entries, suggest, merge, export):
    authority.add_command(command)
