"""The parrot: the least that fits, whatever is asked."""

import json

import jsonschema
import pytest

from evals.parrot import answer, parrot

ITEM = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "minLength": 4},
        "category": {"type": "string", "enum": ["党建组织", "其他"]},
    },
    "required": ["title", "category"],
}


def keyed(**properties):
    return {"type": "object", "properties": properties, "required": list(properties)}


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        (keyed(甲={"type": "array", "items": ITEM}), {"甲": []}),
        (
            keyed(**{"1.修路": {"type": "array", "items": ITEM, "minItems": 1}}),
            {"1.修路": [{"title": "1.修路", "category": "党建组织"}]},
        ),
        (keyed(何平={"anyOf": [{"type": "null"}, ITEM]}), {"何平": None}),
        (keyed(何平=ITEM), {"何平": {"title": "何平何平", "category": "党建组织"}}),
        (keyed(甲={"anyOf": [ITEM, keyed(skip={"type": "string"})]}), {"甲": {"skip": "甲"}}),
        (
            keyed(甲={"$ref": "#/$defs/Item"}) | {"$defs": {"Item": ITEM}},
            {"甲": {"title": "甲甲甲甲", "category": "党建组织"}},
        ),
    ],
)
def test_it_says_the_least_that_fits(schema, said):
    assert answer(schema) == said
    jsonschema.validate(said, schema)


def test_it_is_a_model():
    form = {"type": "json_schema", "json_schema": {"name": "x", "schema": keyed(甲=ITEM)}}
    completion = parrot().create(messages=[], response_format=form)
    assert json.loads(completion.choices[0].message.content) == {
        "甲": {"title": "甲甲甲甲", "category": "党建组织"}
    }
