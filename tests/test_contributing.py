"""What CONTRIBUTING names is there, and what it says suffices does: a genre, a field, a provider."""

import re
from pathlib import Path

import pytest
from fake_model import FakeModel

from summarizer.config import settings
from summarizer.engine.schema import load_schema
from summarizer.errors import ConfigError
from summarizer.models import Model
from summarizer.models.answer import Answer
from summarizer.pipeline import summarize
from summarizer.types import Document

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TEXT = "青石镇统计公报\n全镇粮食产量3.2万吨,比上年增长4.1%。\n李家坪村办起合作社。\n"
BULLETIN = '''
"""An indicator bulletin."""

from typing import Literal

from summarizer.types import Item, ProperName, Summary


class Indicator(Item):
    """一项公布的指标"""

    what: str


class Place(Item):
    """点到的村"""

    name: ProperName
    told: str = ""


class Bulletin(Summary):
    """一份公报的摘要"""

    schema_id: Literal["circular.v1"] = "circular.v1"
    indicators: tuple[Indicator, ...] = ()
    places: tuple[Place, ...] = ()
'''


@pytest.fixture
def genre(tmp_path):
    folder = tmp_path / "circular"
    folder.mkdir()
    (folder / "schema.py").write_text(BULLETIN, encoding="utf-8")
    return folder


def test_every_path_it_names_is_there():
    named = re.findall(r"`((?:summarizer|schemas|prompts|tests|docs|evals)/[\w./-]*)`", PAGE)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_a_genre_is_a_folder_that_needs_no_hooks_of_its_own(genre):
    """With a small model all sentences and names are asked about, and each may be answered no."""
    fake = FakeModel()
    chosen = settings(size="small", store="off")
    summary = summarize(
        Document("0" * 16, "x", TEXT), model=fake.model, schema=str(genre), settings=chosen
    )
    assert summary.schema_id == "circular.v1"
    shapes = [asked.schema["properties"] for asked in fake.asked("items")]
    assert {name for shape in shapes for name in shape} == {"indicators", "places"}
    assert all(len(shape["indicators"]["properties"]) == 1 for shape in shapes)
    assert any("李家坪村" in shape["places"]["properties"] for shape in shapes if "places" in shape)
    said = {"indicators": [{"what": "粮食产量", "sentences": [1]}]}
    lead = FakeModel(passage=said)
    read = summarize(
        Document("0" * 16, "x", TEXT),
        model=lead.model,
        schema=str(genre),
        settings=settings(size="large", store="off", reasks=0),
    )
    assert [one.what for one in read.indicators] == ["粮食产量"]


def test_a_hook_that_there_is_none_of_is_refused(genre):
    (genre / "hooks.py").write_text("def candidate(sentences):\n    return []\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="candidate is no hook"):
        load_schema(str(genre))


def test_a_hook_is_heard(genre):
    (genre / "hooks.py").write_text("def is_left_out(sentence):\n    return True\n", "utf-8")
    fake = FakeModel()
    summarize(
        Document("0" * 16, "x", TEXT),
        model=fake.model,
        schema=str(genre),
        settings=settings(size="small", store="off"),
    )
    assert all("places" not in one.schema["properties"] for one in fake.asked("items"))


def test_a_folder_that_one_stands_beside_is_no_schema_by_its_bare_name(genre, monkeypatch):
    monkeypatch.chdir(genre.parent)
    with pytest.raises(ConfigError, match=r"there is no schema 'circular'.*\./circular"):
        load_schema("circular")
    assert load_schema("./circular").name == "circular"


def test_a_provider_is_a_function_of_a_request():
    def create(**_request):
        return Answer("{}", "own", 1, 1).completion()

    summary = summarize(
        Document("0" * 16, "x", TEXT),
        model=Model(id="own", create=create),
        settings=settings(size="large", store="off", reasks=0),
    )
    assert summary.provenance.model == "own"
    assert summary.coverage.missed == ()
