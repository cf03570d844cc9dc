"""Pin every requirement file with hashes and without index addresses: `make lock`.

All files are cut from one resolution of everything, so that any of them install side by side.
"""

import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
PROJECT = HERE.parent / "pyproject.toml"
FORMATS = ("html", "docx", "pdf", "tables")
FILES = {  # file → extras of the project, dependency groups
    "run": ((), ()),
    "build": (None, ("build",)),
    "local": (("local",), ()),
    "formats": (FORMATS, ()),
    "dev": (("local", *FORMATS, "hub"), ("dev",)),
    "ray": (("ray",), ()),
    "ocr": (("ocr",), ()),
}


def compile_to(target: Path, *sources: str, stdin: str = "") -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--upgrade"]
    command += ["--universal", "--python-version", "3.11", "--generate-hashes"]
    command += ["--no-emit-index-url", "--no-emit-find-links", "--no-annotate"]
    command += ["--custom-compile-command", "make lock", "--output-file", str(target), *sources]
    subprocess.run(command, check=True, input=stdin, text=True, cwd=PROJECT.parent)  # noqa: S603 — our own words
    sys.stdout.write(
        f"{target.name}: {sum(line[0].isalnum() for line in target.open())} packages\n"
    )


def sources_of(extras: tuple[str, ...] | None, groups: tuple[str, ...]) -> list[str]:
    project = [] if extras is None else [PROJECT.name]
    return [
        *project,
        *(f"--extra={extra}" for extra in extras or ()),
        *(f"--group={group}" for group in groups),
    ]


def main() -> None:
    weights = tomllib.loads(PROJECT.read_text())["project"]["optional-dependencies"]["weights"]
    with TemporaryDirectory() as scratch:
        everything = Path(scratch) / "everything.txt"
        compile_to(everything, *sources_of(("local", *FORMATS, "hub", "ray", "ocr"), ("dev",)))
        for name, (extras, groups) in FILES.items():
            agreed = ["--constraint", str(everything)]
            compile_to(HERE / f"{name}.txt", *sources_of(extras, groups), *agreed)
    compile_to(HERE / "weights.txt", "-", stdin="\n".join(weights))


if __name__ == "__main__":
    main()
