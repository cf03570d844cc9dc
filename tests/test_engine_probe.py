"""Probes: read from beside a schema, and refused where they are none."""

import json
import re

import pytest

from summarizer.engine.probe import (
    load_probe,
    load_tagger,
    may_have_one,
    path_of,
    probes,
    tagger_of,
)
from summarizer.engine.schema import load_schema
from summarizer.errors import ConfigError
from summarizer.models import known_id, weights

PROBE = {"about": "x", "model": "local:m", "least": 0.5, "bias": -1, "weights": [1, 0.5]}
WIDTH = 1536  # numbers of a hidden state of the embedded model


def test_the_shipped_one_is_for_the_embedded_model_and_fits_its_states():
    found = probes(load_schema("report"), known_id("local"))
    assert set(found) == {"measures", "exemplars"}
    for probe in found.values():
        assert f"{probe.model.removeprefix('local:')}.gguf" == weights.EMBEDDED.file
    assert len(found["measures"].weights) == WIDTH
    assert len(found["exemplars"].weights) == 3 * WIDTH
    tagger = tagger_of(known_id("local"))
    assert {len(weights) for weights, _ in tagger.parts.values()} == {2 * WIDTH}
    assert {len(weights) for weights, _ in tagger.kinds.values()} == {3 * WIDTH}
    assert set(tagger.kinds) == {"person", "village", "organisation"}
    assert tagger_of("qwen3") is None
    assert probes(load_schema("report"), "qwen3") == {}
    assert probes(load_schema("bulletin"), known_id("local")) == {}


def test_it_is_read_from_its_file(tmp_path):
    path = tmp_path / "acts.own.probe.json"
    path.write_text(json.dumps(PROBE), encoding="utf-8")
    probe = load_probe(path)
    assert (probe.id, probe.model, probe.least) == ("acts.own.probe", "local:m", 0.5)
    assert probe.request() == {"weights": [1.0, 0.5], "bias": -1.0}
    assert re.fullmatch("[0-9a-f]{16}", probe.hash)


def test_a_users_own_stands_beside_the_schema(tmp_path):
    schema = tmp_path / "own.py"
    schema.write_text(
        "from typing import Literal\n"
        "from pydantic import Field\n"
        "from summarizer.types import Item, Summary\n"
        "class Act(Item):\n"
        "    title: str = Field(description='做了什么')\n"
        "class Own(Summary):\n"
        "    schema_id: Literal['own.v1'] = 'own.v1'\n"
        "    acts: tuple[Act, ...] = ()\n",
        encoding="utf-8",
    )
    loaded = load_schema(str(schema))
    assert probes(loaded, "local:m") == {}
    path_of(loaded, "acts").write_text(json.dumps(PROBE), encoding="utf-8")
    assert set(probes(loaded, "local:m")) == {"acts"}
    assert probes(loaded, "local:other") == {}


def test_rows_with_words_may_have_one_and_are_no_rows_then(tmp_path):
    """What is a row without a probe could have none, for a row has none."""
    schema = tmp_path / "own.py"
    schema.write_text(
        "from summarizer.fields import Count, Item, Summary, Verbatim, ask\n"
        "class Told(Item, key='name'):\n"
        "    name: Verbatim = ask('名称')\n    open: bool | None = ask('是否开放')\n"
        "class Counted(Item, key='name'):\n"
        "    name: Verbatim = ask('村名')\n    people: Count['人'] | None = ask('受灾人口')\n"
        "class Own(Summary):\n    told: tuple[Told, ...] = ()\n    counted: tuple[Counted, ...] = ()\n",
        encoding="utf-8",
    )
    lists = load_schema(str(schema)).lists
    assert [(one.name_of_row, may_have_one(one)) for one in lists] == [
        ("name", True),
        ("name", False),
    ]
    path_of(load_schema(str(schema)), "told").write_text(json.dumps(PROBE), encoding="utf-8")
    loaded = load_schema(str(schema))
    assert [one.name_of_row for one in loaded.lists] == ["", "name"]
    assert set(probes(loaded, "local:m")) == {"told"}


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", json.dumps(PROBE | {"weights": ["x"]}), json.dumps(PROBE | {"bias": None})],
)
def test_a_file_that_is_none_is_told(tmp_path, content):
    path = tmp_path / "acts.own.probe.json"
    path.write_text(content, encoding="utf-8")
    for load in (load_probe, load_tagger):
        with pytest.raises(ConfigError, match="is no probe"):
            load(path)
