"""What is shipped with: licences, known vulnerabilities, the bill of materials, the lock files."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from test_requirements import FILES, PIN, text_of

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "requirements"


def script(name: str, *arguments: object) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, SCRIPTS / f"{name}.py", *map(str, arguments)],
        capture_output=True, text=True, check=False, env={"PATH": "/nowhere"},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def locked(*files: str) -> dict[str, str]:
    return {p["name"]: p["version"] for name in files for p in PIN.finditer(text_of(name))}


def test_no_lock_file_names_an_index():
    for path in SCRIPTS.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?:|index-url|find-links|trusted-host|git\+| @ ", text), path


def test_every_locked_package_has_a_licence_or_a_reason():
    code, table, _ = script("licenses")
    assert code == 0
    *rows, last = table.splitlines()
    listed = {tuple(row.split()[:2]) for row in rows}
    files = [*FILES, "weights", "axe", "font"]
    assert listed == {(p["name"], p["version"]) for f in files for p in PIN.finditer(text_of(f))}
    assert last.startswith(f"{len(rows)} packages")
    by_name = {row.split()[0]: row for row in rows}
    for name in locked("run"):  # what every user gets; all of it is installed here
        reason = by_name[name].split(maxsplit=2)[2]
        assert not reason.startswith("(it does not say"), by_name[name]


def advisory(name: str, *, versions=(), events=(), **more) -> dict:
    part = {"package": {"name": name, "ecosystem": "PyPI"}}
    if versions:
        part["versions"] = list(versions)
    if events:
        part["ranges"] = [{"type": "ECOSYSTEM", "events": list(events)}]
    return {"id": "TEST-1", "summary": "a hole", "affected": [part]} | more


VERSION = locked("run")["openai"]
CASES = [
    (advisory("openai", versions=[VERSION]), 1),
    (advisory("OpenAI", versions=[VERSION]), 1),
    (advisory("openai", versions=["0.1"]), 0),
    (advisory("openai", events=[{"introduced": "0"}]), 1),
    (advisory("openai", events=[{"introduced": "0"}, {"fixed": "0.2"}]), 0),
    (advisory("openai", events=[{"introduced": "0"}, {"fixed": VERSION}]), 0),
    (advisory("openai", events=[{"introduced": VERSION}, {"fixed": "999"}]), 1),
    (advisory("openai", events=[{"introduced": "0"}, {"last_affected": VERSION}]), 1),
    (advisory("openai", events=[{"introduced": "999"}]), 0),
    (advisory("openai", events=[{"introduced": "0"}], withdrawn="2026-01-01T00:00:00Z"), 0),
    (advisory("another", events=[{"introduced": "0"}]), 0),
]


@pytest.mark.parametrize(("told", "code"), CASES)
def test_a_known_hole_is_found_without_a_network(told, code, tmp_path):
    path = tmp_path / "osv.json"
    for shape in (told, [told], {"vulns": [told]}):
        path.write_text(json.dumps(shape), encoding="utf-8")
        found, said, _ = script("audit", path)
        assert (found, f"openai {VERSION}: TEST-1 a hole" in said) == (code, bool(code))


def test_an_export_of_advisories_is_read_from_a_folder_or_a_line_each(tmp_path):
    (tmp_path / "all").mkdir()
    for number, (told, _) in enumerate(CASES):
        (tmp_path / "all" / f"{number}.json").write_text(json.dumps(told), encoding="utf-8")
    lines = tmp_path / "osv.jsonl"
    lines.write_text("".join(f"{json.dumps(told)}\n" for told, _ in CASES), encoding="utf-8")
    expected = sum(code for _, code in CASES)
    for path in (tmp_path / "all", lines):
        code, said, _ = script("audit", path)
        assert code == 1
        assert f"{len(CASES)} advisories, {expected} found" in said


@pytest.mark.parametrize("content", ["", "[]", "{}", "no json", '[{"affected": []}]', "7"])
def test_what_holds_no_advisory_is_no_audit(content, tmp_path):
    path = tmp_path / "osv.json"
    path.write_text(content, encoding="utf-8")
    code, _, errors = script("audit", path)
    assert code == 2
    assert errors.startswith("error: ")


def test_an_audit_needs_something_to_judge_by():
    for arguments in ((), ("",), ("gone.json",)):
        code, _, errors = script("audit", *arguments)
        assert code == 2
        assert errors.startswith("error: ")
        assert "Traceback" not in errors


def test_the_bill_of_materials_is_the_lock(tmp_path):
    made = []
    for folder in ("one", "two"):
        code, _, errors = script("sbom", tmp_path / folder)
        assert code == 0, errors
        (path,) = (tmp_path / folder).glob("report_summarizer-*.cdx.json")
        made.append(path.read_bytes())
    assert made[0] == made[1]
    bill = json.loads(made[0])
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    assert {one["name"]: one["version"] for one in bill["components"]} == locked("run")
    for one in bill["components"]:
        assert one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}"
        assert one["properties"]
        assert all(re.fullmatch("[0-9a-f]{64}", p["value"]) for p in one["properties"])
    assert len({one["bom-ref"] for one in bill["components"]}) == len(bill["components"])
    assert set(bill["dependencies"][0]["dependsOn"]) == {o["bom-ref"] for o in bill["components"]}


def test_what_is_trusted_and_what_is_not_is_written_down():
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", page, flags=re.MULTILINE)
    assert {"How to report", "What is trusted", "What is not trusted", "Limits"} <= set(headings)
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    assert {"licenses", "audit", "sbom"} <= set(targets)
