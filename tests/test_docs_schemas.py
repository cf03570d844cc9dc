"""The cookbook of docs/schemas.md is what ships, and its example loads and is well made."""

import json
import re
from pathlib import Path

import pytest
from fake_model import FakeModel

from summarizer.cli import run
from summarizer.config import settings
from summarizer.engine.schema import load_schema
from summarizer.pipeline import summarize

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "schemas.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
SHIPPED = {"indicators": "Indicators", "bulletin": "Stat", "audit": "Problem", "policy": "Duty"}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_cookbook_shows_lines_of_the_schema_that_ships(name):
    shipped = (ROOT / "schemas" / name / "schema.py").read_text(encoding="utf-8").splitlines()
    block = next(b for b in BLOCKS if b.startswith(f"class {SHIPPED[name]}(") and "import" not in b)
    assert [line for line in block.splitlines() if line and line not in shipped] == []


def test_the_example_of_the_tutorial_loads_and_nothing_in_it_is_unwise(tmp_path, capsys):
    path = tmp_path / "county.py"
    path.write_text(next(b for b in BLOCKS if "county.v1" in b), encoding="utf-8")
    assert list(load_schema(str(path)).fields) == ["gdp", "gdp_goal", "jobs"]
    assert run(["schema", "check", str(path)]) == 0
    assert "nothing unwise" in capsys.readouterr().out


def test_the_page_imports_every_type_and_its_lists_load(tmp_path):
    from summarizer import checks, fields

    imports = next(block for block in BLOCKS if "KindOfName" in block)
    for module, names in (
        (fields, fields.__all__),
        (checks, ("action", "impersonal", "standalone")),
    ):
        assert all(hasattr(module, name) and f" {name}" in imports for name in names)
    for number, name in enumerate(("Case", "Task")):
        block = next(block for block in BLOCKS if block.startswith(f"class {name}("))
        own = f"\n\nclass S(Summary):\n    items: tuple[{name}, ...] = ()\n"
        path = tmp_path / f"list{number}.py"
        path.write_text(imports + "\n\n" + block + own, encoding="utf-8")
        assert load_schema(str(path)).lists[0].name_of_row == ("firm", "")[number]


def test_every_link_within_the_page_leads_to_a_heading():
    headings = re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}
    assert [a for a in re.findall(r"\]\(#([^)]+)\)", PAGE) if a not in anchors] == []


def test_every_hint_and_option_of_the_page_exists():
    import inspect

    from summarizer.fields import Summary, ask

    known = {*inspect.signature(ask).parameters}
    known |= {*inspect.signature(Summary.__init_subclass__).parameters}
    for name in re.findall(r"^\| `(\w+)=", PAGE, re.MULTILINE):
        assert name in known


def test_the_prompt_with_an_example_takes_the_place_of_the_general_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["new", "county", "--prompt"]) == 0
    written = (tmp_path / "county" / "passage.county.v1.jinja").read_text(encoding="utf-8")
    example = next(b for b in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL) if "lines" in b)
    assert example in written
    fake = FakeModel(passage=[{"gdp": "a 182.6亿元", "projects": []}])
    chosen = settings(size="large", store="off")
    summary = summarize(
        "county/sample.txt", model=fake.model, schema="county/schema.py", settings=chosen
    )
    assert summary.gdp.text == "182.6亿元"
    assert "passage.county.v1" in summary.provenance.prompts
    schema = load_schema("county/schema.py")
    system, shown, answer, _ = (turn["content"] for turn in fake.history[0].messages)
    words = [schema.about, *(field.about for field in schema.fields.values())]
    assert [one for one in (*words, schema.lists[0].about) if one not in system] == []
    [project], gdp = json.loads(answer)["projects"], json.loads(answer)["gdp"]
    assert set(project) == {*schema.lists[0].fields, "sentences", "figures"}
    for key in (gdp, project["money"], project["done"]):
        assert f"⟦{key.replace(' ', '|')}⟧" in shown


def test_a_list_of_rows_with_a_prompt_of_its_own_is_asked_as_whole_items(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["new", "county"]) == 0
    assert load_schema("county/schema.py").lists[0].name_of_row == "name"
    (tmp_path / "county" / "items.county.v1.jinja").write_text("", encoding="utf-8")
    assert load_schema("county/schema.py").lists[0].name_of_row == ""
