"""`tei-serge authority`: what is known of names."""

import click

from tei_serge.cli.reconcile import reconcile


@click.group(short_help="Look up the names of a review table.")
def authority() -> None:
    """Look up the names of a review table where others keep authority files.

    \b
    Example:
      tei-serge authority reconcile review.csv --service http://127.0.0.1:5000/reconcile
    """


authority.add_command(reconcile)
