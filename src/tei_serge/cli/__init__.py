"""The command line: one module for each command, and nothing here that a library user would want."""

import os
from importlib import import_module
from typing import Any

import click

from tei_serge.cli.streams import output_guarded
from tei_serge.version import __version__

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
# Each command stands in the module of its name. It is loaded when it is asked for: `encode` must not wait for
# what only `export` needs.
COMMANDS = (
    "authority",
    "dates",
    "encode",
    "events",
    "explain",
    "export",
    "init",
    "schema",
    "trace",
    "validate",
)


class _Program(click.Group):
    """The commands; help and results both end well where standard output takes them no more."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"tei_serge.cli.{cmd_name}"), cmd_name)
        return command

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with output_guarded():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        with output_guarded():
            return super().invoke(ctx)


@click.group(cls=_Program, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="tei-serge")
@click.pass_context
def cli(context: click.Context) -> None:
    """From plain-text transcriptions of an archive to valid, scholarly TEI P5.

    \b
    Exit status: 0 nothing wrong, 1 problems found, 2 wrong use, 141 pipe closed.

    \b
    Example:
      tei-serge encode raw/ -o tei/
      tei-serge validate tei/
    """
    if os.environ.get("NO_COLOR"):
        context.color = False


def main() -> None:
    """Run the command line."""
    cli(prog_name="tei-serge")
