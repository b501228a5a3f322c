"""The settings that a command works with: of a file, of the nearest tei-serge.toml, and of its options."""

from dataclasses import replace
from pathlib import Path

from tei_serge.config import Config, find_config, load_config, read_paths


def settings_of(folder: Path) -> Config:
    """The settings for a folder: of a file above it, or above the current folder, or the defaults."""
    path = find_config(folder.resolve()) or find_config(Path.cwd())
    return load_config(path) if path else Config()


def with_authority(settings: Config, given: tuple[str, ...]) -> Config:
    """The settings with the files of names that the command names; `none` puts ours aside, too."""
    if not given:
        return settings
    paths = read_paths([name for name in given if name != "none"], Path(), "--authority")
    return replace(
        settings, authority=paths, default_authority=settings.default_authority and "none" not in given
    )
