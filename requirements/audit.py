"""Known vulnerabilities of what is locked: `make audit OSV=FILE`.

FILE holds advisories in the OSV format (https://ossf.github.io/osv-schema/): one, a list of them,
`{"vulns": [...]}` as the API of osv.dev gives it, or one a line; or it is a folder of such files,
as the export of the PyPI ecosystem unpacks. Nothing is asked of the network. Without FILE pip-audit
is run, where it is installed.

Exit codes: 0 nothing known, 1 vulnerable packages, 2 nothing to judge by.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from locked import HERE, Pin, all_pins, normal
from packaging.version import InvalidVersion, Version


def advisories(path: Path) -> Iterator[dict[str, Any]]:
    """Every advisory in a file or folder. Raises ValueError for what is none."""
    if path.is_dir():
        for file in sorted(path.rglob("*.json")):
            yield from advisories(file)
        return
    text = path.read_text(encoding="utf-8-sig")
    try:
        values = [json.loads(text)]
    except ValueError:
        values = [json.loads(line) for line in text.splitlines() if line.strip()]
    for value in values:
        inner = value.get("vulns", value) if isinstance(value, dict) else value
        for one in inner if isinstance(inner, list) else [inner]:
            if not isinstance(one, dict) or "id" not in one:
                raise ValueError(f"{path} holds something that is no advisory of OSV")
            yield one


def concerns(advisory: dict[str, Any], pin: Pin) -> bool:
    """Whether this version of the package is affected; what was withdrawn concerns nobody."""
    if advisory.get("withdrawn"):
        return False
    return any(
        normal(str(part.get("package", {}).get("name"))) == pin.name
        and str(part.get("package", {}).get("ecosystem")).partition(":")[0] == "PyPI"
        and (pin.version in part.get("versions", ()) or _in_ranges(part, Version(pin.version)))
        for part in advisory.get("affected", ())
    )


def _in_ranges(part: dict[str, Any], version: Version) -> bool:
    """An unreadable bound counts as if it were not there: better one alarm too many."""
    ranges = [r for r in part.get("ranges", ()) if r.get("type") in {"ECOSYSTEM", "SEMVER"}]
    if not ranges:
        return not part.get("versions")
    return any(_in_range(one.get("events", ()), version) for one in ranges)


def _in_range(events: list[dict[str, str]], version: Version) -> bool:
    is_in = False
    for event in events:
        ((kind, said),) = event.items()
        try:
            bound = Version(said)
        except InvalidVersion:
            bound = Version("0")
            if kind != "introduced":
                continue
        if kind == "introduced" and bound <= version:
            is_in = True
        elif (kind == "fixed" and bound <= version) or (
            kind == "last_affected" and bound < version
        ):
            is_in = False
    return is_in


def _installed_tool() -> int:
    if shutil.which("pip-audit") is None:
        sys.stderr.write(
            "error: name a file of advisories, make audit OSV=FILE, or install pip-audit\n"
        )
        return 2
    files = [word for file in sorted(HERE.glob("*.txt")) for word in ("-r", str(file))]
    return subprocess.run(["pip-audit", "--no-deps", *files], check=False).returncode  # noqa: S603, S607 — the user's own


def main(arguments: list[str]) -> int:
    if not arguments or not arguments[0]:
        return _installed_tool()
    path, found, known = Path(arguments[0]), 0, 0
    try:
        for known, advisory in enumerate(advisories(path), 1):  # noqa: B007 — it is their number
            for pin in all_pins():
                if concerns(advisory, pin):
                    found += 1
                    what = advisory.get("summary") or advisory.get("details") or ""
                    first = next(iter(str(what).splitlines()), "")[:100]
                    sys.stdout.write(f"{pin.name} {pin.version}: {advisory['id']} {first}\n")
    except (OSError, ValueError, AttributeError) as error:
        sys.stderr.write(f"error: {path} cannot be used: {error}\n")
        return 2
    if not known:
        sys.stderr.write(f"error: {path} holds no advisory\n")
        return 2
    sys.stdout.write(f"{len(all_pins())} packages, {known} advisories, {found} found\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
