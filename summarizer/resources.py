"""Files that ship with the tool: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

from summarizer.errors import ConfigError

PACKAGE = Path(__file__).parent


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, such as `resource("prompts", "figures.v1.jinja")`.

    Raises ConfigError when it is in neither place.
    """
    for base in (PACKAGE.parent, PACKAGE):
        path = base.joinpath(*parts)
        if path.exists() and (base is PACKAGE or (base / "pyproject.toml").exists()):
            return path
    raise ConfigError(f"{'/'.join(parts)} is missing from this installation; reinstall it")
