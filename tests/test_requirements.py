"""The pinned files hold what pyproject.toml asks for, with hashes and without addresses."""

import re
import runpy
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FILES = runpy.run_path(str(ROOT / "requirements" / "lock.py"))["FILES"]
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.!+]+)(?: ; .*?)? \\(?P<hashes>(?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+)\n", re.MULTILINE)  # fmt: skip


def text_of(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def asked_for(name: str) -> list[Requirement]:
    """What pyproject.toml wants in a file, of its own words."""
    project, groups = PROJECT["project"], PROJECT["dependency-groups"]
    extras, wanted = FILES[name]
    lines = [] if extras is None else list(project["dependencies"])
    for extra in extras or ():
        lines += project["optional-dependencies"][extra]
    for group in wanted:
        lines += [line for line in groups[group] if isinstance(line, str)]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("name", [*FILES, "weights", "axe", "font"])
def test_every_line_is_a_pin_with_hashes(name):
    body = "".join(f"{line}\n" for line in text_of(name).splitlines() if line[0] != "#")
    assert PIN.sub("", body) == ""


@pytest.mark.parametrize("name", FILES)
def test_what_is_asked_for_is_pinned_within_its_bounds(name):
    pins = {canonicalize_name(pin["name"]): pin["version"] for pin in PIN.finditer(text_of(name))}
    for requirement in asked_for(name):
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)])


def test_the_weights_are_all_their_parts():
    parts = PROJECT["project"]["optional-dependencies"]["weights"]
    assert sorted(f"{p['name']}=={p['version']}" for p in PIN.finditer(text_of("weights"))) == (
        sorted(parts)
    )
    assert len(parts) == 22


def test_files_agree_on_every_version():
    seen = {}
    for name in FILES:
        for pin in PIN.finditer(text_of(name)):
            line = pin[0].partition(" \\")[0]
            assert seen.setdefault(line, pin["hashes"]) == pin["hashes"]
    names = [line.partition("==")[0] for line in seen if " ; " not in line]
    assert len(names) == len(set(names))
