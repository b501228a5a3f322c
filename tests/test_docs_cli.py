"""The page on the command line names every command and option, and nothing that does not exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tei_serge.cli import cli

PAGE = (Path(__file__).parents[1] / "docs/command-line.md").read_text("utf-8")


def commands(
    group: click.Group, names: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*names, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*names, name))


ALL = list(commands(cli))


def options(command: click.Command) -> set[str]:
    return {name for option in command.params if isinstance(option, click.Option) for name in option.opts}


def section(names: tuple[str, ...]) -> str:
    """The part of the page about a command of the first level."""
    return PAGE.partition(f"\n## {names[0]}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(
    ("names", "command"), ALL, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_command_and_option_is_on_the_page(names: tuple[str, ...], command: click.Command) -> None:
    text = section(names)
    assert f"tei-serge {' '.join(names)}" in text
    missing = [name for name in options(command) if not re.search(rf"`[^`]*{re.escape(name)}\b", text)]
    assert missing == []


@pytest.mark.parametrize(
    ("names", "command"), ALL, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_command_explains_itself_with_an_example(
    names: tuple[str, ...], command: click.Command
) -> None:
    text = command.help or ""
    assert len(text.partition("\n")[0]) > 20
    example = text.partition("Example:")[2]
    assert f"tei-serge {names[0]}" in example or f"tei-serge {' '.join(names)}" in example
    for option in command.params:
        assert not isinstance(option, click.Option) or option.help


def test_nothing_on_the_page_is_invented() -> None:
    known = {"--help", "--version", "-h"} | {name for _, command in ALL for name in options(command)}
    assert set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", PAGE)) <= known
    headings = set(re.findall(r"^## (\w+)$", PAGE, re.MULTILINE))
    assert headings == {names[0] for names, _ in ALL}


@pytest.mark.parametrize("group", [cli, *(item for _, item in ALL if isinstance(item, click.Group))])
def test_no_command_is_cut_short_in_the_list(group: click.Group) -> None:
    text = group.get_help(click.Context(group, info_name="tei-serge"))
    assert "..." not in text.partition("Commands:")[2]
