"""A bill of materials beside the wheel, in CycloneDX's JSON: `make sbom`.

It lists what the wheel needs to run, as it is locked, with the hashes of the lock file and the
licences that the installed packages state. The same lock gives the same bytes.
"""

import json
import sys
import tomllib
import uuid
from pathlib import Path
from typing import Any

from locked import HERE, Pin, licence, pins

PROJECT = HERE.parent / "pyproject.toml"


def bill() -> dict[str, Any]:
    """The bill of the project's version as it stands."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    name, version = str(project["name"]), _version(project)
    components = [_component(pin) for pin in pins(HERE / "run.txt")]
    itself = {"type": "application", "bom-ref": f"pkg:pypi/{name}@{version}", "name": name,
              "version": version, "purl": f"pkg:pypi/{name}@{version}"}  # fmt: skip
    told = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": itself},
        "components": components,
        "dependencies": [
            {"ref": itself["bom-ref"], "dependsOn": sorted(one["bom-ref"] for one in components)}
        ],
    }
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(told, sort_keys=True))
    return {"serialNumber": f"urn:uuid:{number}"} | told


def _version(project: dict[str, Any]) -> str:
    from importlib.metadata import version

    return str(project.get("version") or version(str(project["name"])))


def _component(pin: Pin) -> dict[str, Any]:
    said = licence(pin.name, pin.version)
    url = f"pkg:pypi/{pin.name}@{pin.version}"
    return {
        "type": "library",
        "bom-ref": url,
        "name": pin.name,
        "version": pin.version,
        "purl": url,
        "licenses": [] if said.startswith("(") else [{"license": {"name": said}}],
        "properties": [{"name": "lock:sha256", "value": one} for one in pin.hashes],
    }


def main(folder: Path) -> None:
    made = bill()
    itself = made["metadata"]["component"]
    stem = f"{itself['name'].replace('-', '_')}-{itself['version']}"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stem}.cdx.json"
    path.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{path}: {len(made['components'])} components\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist"))
