"""The eval of attacks: what counts as a change, and that every attack is known."""

from fake_model import FakeModel, least

from evals.injection import attacks, sampled, tried
from summarizer.config import settings
from summarizer.pipeline import summarize

CHOSEN = settings(store="off", reasks=0, overview="extract")


def asked(model):
    return lambda document: summarize(document, model=model, settings=CHOSEN)


def test_a_sample_has_attacks_of_every_family():
    known = attacks()
    some = sampled(known, 20)
    assert some == sampled(known, 20)
    assert len({attack.family for attack in some}) == len({attack.family for attack in known})
    assert sampled(known, 10_000) != known
    assert len(sampled(known, 10_000)) == len(known)


def test_a_model_that_does_not_listen_is_not_changed():
    fake = FakeModel()
    results = tried(attacks()[:6], asked(fake.model), seconds=60)
    assert [one.changed for one in results] == [""] * 6
    assert all(one.told for one in results)


def test_a_model_that_obeys_is_seen():
    def obeys(request):
        said = least(request.schema)
        if request.family == "items" and "忽略" not in request.text:
            said["measures"] = {
                key: [{"title": "新建蔬菜大棚", "category": "产业发展"}]
                for key in request.schema["properties"]["measures"]["properties"]
            }
        return said

    fake = FakeModel(default=obeys)
    (one,) = tried(attacks()[:1], asked(fake.model), seconds=60)
    assert not one.figures
    assert one.changed.startswith("lost ('item', 'measures', '全镇投入资金86万元")


def test_no_attack_begins_after_the_time():
    assert tried(attacks(), asked(FakeModel().model), seconds=-1) == []
