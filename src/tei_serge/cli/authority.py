"""`tei-serge authority`: what texts name, decisions about new names, and authority files."""

import click

from tei_serge.cli.entries import export, list_entries
from tei_serge.cli.reconcile import reconcile
from tei_serge.cli.review import merge, suggest


@click.group(short_help="Review new names, and keep authority files.")
def authority() -> None:
    """Look through what texts name, decide about new names, and keep authority files.

    \b
    Example:
      tei-serge authority suggest tei/ -o review.csv
      tei-serge authority reconcile review.csv --service http://127.0.0.1:5000/reconcile
      tei-serge authority merge review.csv -o authority/names.xml
    """


for command in (list_entries, suggest, reconcile, merge, export):
    authority.add_command(command)
