"""The review page as text, and what a reader decided on it: corrected summaries and gold."""

import base64
import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from test_picks import GOOD, SCHEMAS, SOURCE, read_by

from evals.cases import load_cases
from evals.scorers.trial import Trial
from evals.views import view
from summarizer.cli import run
from summarizer.documents.read import read
from summarizer.engine.schema import load_schema
from summarizer.engine.verify.doubts import CODES
from summarizer.render.load import load
from summarizer.render.review.agreement import compared, told
from summarizer.render.review.corrections import corrected
from summarizer.render.review.decisions import (
    Decision,
    DocumentDecisions,
    load_decisions,
    merged,
)
from summarizer.render.review.messages import LANGUAGES, messages
from summarizer.render.review.payload import _RULES, Reviewed, _blank, digest, payload, reviewed

DATA = Path(__file__).parent / "data"
TEXT = DATA / "report.txt"
SCHEMA = DATA / "report_schema.py"
ISSUES = Path(__file__).parent.parent / "docs" / "issues.md"
HOSTILE = "</script><script>alert(1)</script>\u202e<img src=x onerror=alert(2)>\u2028&amp;\u0000𠮷"


def stored(path: Path, **update) -> Path:
    """The summary of report.txt as a file that names its source."""
    given = json.loads((DATA.parent / "golden" / "report.json").read_text(encoding="utf-8"))
    given["document"] |= {"source": str(TEXT), "id": read(TEXT).id}
    given |= update
    path.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    return path


def page_of(summary: Path, tmp_path: Path, *more: str) -> str:
    out = tmp_path / "review.html"
    assert run(["review", str(summary), "--schema", str(SCHEMA), "-o", str(out), *more]) == 0
    return out.read_text(encoding="utf-8")


def block(page: str, name: str):
    found = re.search(
        rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL
    )
    return json.loads(found[1])


def decisions(summary: Path, *told: dict, by: str = "王") -> str:
    one = load(summary.read_text(encoding="utf-8"), schema=str(SCHEMA))[0]
    about = {"source": one.document.source, "digest": digest(one), "decisions": list(told)}
    return json.dumps({
        "format": "summarizer.review/1", "reviewer": by, "documents": {one.document.id: about},
    })  # fmt: skip


def applied(summary: Path, tmp_path: Path, *told: dict, code: int = 0):
    chosen, out = tmp_path / "decisions.json", tmp_path / "right.jsonl"
    chosen.write_text(decisions(summary, *told), encoding="utf-8")
    command = ["review", str(summary), "--schema", str(SCHEMA), "--apply", str(chosen)]
    assert run([*command, "-o", str(out), "--gold", str(tmp_path / "gold")]) == code
    return load(out.read_text(encoding="utf-8"), schema=str(SCHEMA))[0] if not code else None


def test_the_page_is_one_file_that_may_do_nothing_but_run_its_own_script(tmp_path):
    page = page_of(stored(tmp_path / "s.json"), tmp_path)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="(.*?)"', page)[1]
    policy = policy.replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    for kind, (text,) in (("script", script), ("style", style)):
        hashed = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{hashed}'" in policy
    assert not re.search(
        r"<[^>]+\s(on\w+|style|src|href)=",
        re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL),
    )
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_what_a_document_says_is_never_markup(tmp_path):
    source = tmp_path / "hostile.txt"
    source.write_text(f"{HOSTILE}\n投入500万元。", encoding="utf-8")
    summary = stored(
        tmp_path / "s.json", title=HOSTILE, overview=HOSTILE, figures=[], measures=[], exemplars=[],
    )  # fmt: skip
    given = json.loads(summary.read_text(encoding="utf-8"))
    given["document"] |= {"source": str(source), "id": read(source).id}
    summary.write_text(json.dumps(given), encoding="utf-8")
    page = page_of(summary, tmp_path)
    assert "<img" not in page
    assert page.count("<script>") == 1
    assert "\u202e" not in page.partition('<script type="application/json"')[0]
    assert block(page, "document-0")["text"] == read(source).text
    assert block(page, "document-0")["overview"] == HOSTILE


def test_numerals_of_the_source_are_all_told_with_their_places(tmp_path):
    given = block(page_of(stored(tmp_path / "s.json"), tmp_path), "document-0")
    text = given["text"]
    for figure in given["figures"]:
        start, end = figure["span"]
        assert text[start:end] == figure["text"]
        for start, end, quote in figure["evidence"]:
            assert text[start:end] == quote
    kinds = {text[start:end]: kind for start, end, kind in given["numerals"]}
    assert kinds["2019年"] == "date"
    assert [t["text"] for t in given["tallies"] if t["became"] == "missed"] == ["8000元"]
    assert [t["became"] for t in given["tallies"] if t["text"] == "2020"] == ["unaccounted"]


def test_a_source_that_is_another_text_by_now_is_not_shown(tmp_path, capsys):
    summary = stored(tmp_path / "s.json")
    given = json.loads(summary.read_text(encoding="utf-8"))
    given["document"]["id"] = "0" * 16
    summary.write_text(json.dumps(given), encoding="utf-8")
    page = page_of(summary, tmp_path)
    assert block(page, "document-0")["text"] is None
    assert "no source" in capsys.readouterr().err


def test_the_summary_may_hold_its_source(tmp_path):
    summary = stored(tmp_path / "s.json")
    given = json.loads(summary.read_text(encoding="utf-8"))
    given["document"] |= {"source": "gone.txt", "text": read(TEXT).text}
    summary.write_text(json.dumps(given), encoding="utf-8")
    assert block(page_of(summary, tmp_path), "document-0")["text"] == read(TEXT).text


def test_further_documents_are_compressed(tmp_path):
    import gzip

    lines = tmp_path / "out.jsonl"
    line = json.dumps(json.loads(stored(tmp_path / "s.json").read_text(encoding="utf-8")))
    lines.write_text(f"{line}\n{line}\n", encoding="utf-8")
    page = page_of(lines, tmp_path)
    packed = re.search(r'<script type="text/plain" id="document-1">(.*?)</script>', page)[1]
    given = json.loads(gzip.decompress(base64.b64decode(packed)))
    assert given == block(page, "document-0")
    assert len(block(page, "index")) == 2


def test_every_language_says_everything():
    keys = {name: set(messages(name)) for name in LANGUAGES}
    assert len({frozenset(one) for one in keys.values()}) == 1
    for name in LANGUAGES:
        for key, text in messages(name).items():
            assert text.strip(), (name, key)
            places = re.findall(r"\{\w+\}", text)
            assert sorted(places) == sorted(re.findall(r"\{\w+\}", messages("en")[key]))
    folder = Path(messages.__wrapped__.__code__.co_filename).parent
    used = {
        key
        for path in folder.glob("*.js")
        for key in re.findall(r'\b(?:say|button|act)\("([\w.]+)"', path.read_text(encoding="utf-8"))
    }
    assert used <= keys["en"]
    assert {f"reason.{rule}" for rule in _RULES.values()} <= keys["en"]
    assert {f"doubt.{code}" for code in CODES} <= keys["en"]
    listed = re.findall(r"^\| `(\w+)` \|", ISSUES.read_text(encoding="utf-8"), re.MULTILINE)
    assert {f"issue.{code}" for code in listed} == {k for k in keys["en"] if k.startswith("issue.")}
    assert used


@pytest.mark.parametrize(
    ("said", "locale", "wanted"),
    [
        ([], "zh_TW.UTF-8", "zh-Hant"),
        ([], "en_GB.UTF-8", "en"),
        ([], "C.UTF-8", "zh-Hans"),
        (["--lang", "zh-hant"], "en_GB.UTF-8", "zh-Hant"),
    ],
)
def test_the_page_speaks_as_asked_else_as_the_environment_else_as_the_document(
    said, locale, wanted, tmp_path, monkeypatch
):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    page = page_of(stored(tmp_path / "s.json"), tmp_path, *said)
    assert f'<html lang="{wanted}">' in page


@pytest.mark.parametrize(
    "said",
    [
        ["-o", "x.pdf"], ["--open"], ["--gold", "g"], ["--lang", "fr", "-o", "x.html"],
        ["--against", "d.json", "-o", "x.html"],
        ["--apply", "d.json", "--open", "-o", "x.jsonl"],
        ["--apply", "d.json", "--lang", "fr", "-o", "x.jsonl"],
    ],
)  # fmt: skip
def test_what_cannot_work_is_refused(said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    summary = stored(tmp_path / "s.json")
    (tmp_path / "d.json").write_text(decisions(summary), encoding="utf-8")
    assert run(["review", str(summary), "--schema", str(SCHEMA), *said]) == 2
    assert not list(tmp_path.glob("x.*"))


def test_decisions_make_a_corrected_summary(tmp_path):
    summary = stored(tmp_path / "s.json")
    text = read(TEXT).text
    start = text.index("8000元")
    made = applied(
        summary, tmp_path,
        {"ref": "f1", "verdict": "right"},
        {"ref": "f2", "verdict": "wrong", "by": "王"},
        {"ref": "f3", "verdict": "edited", "fields": {"label": "增收户数", "value": "198"}},
        {"ref": "added-figures-1", "verdict": "added", "text": "8000元", "span": [start, start + 5],
         "fields": {"label": "自筹修路资金", "value": "8000", "unit": "元", "kind": "money"},
         "add": {"kind": "figures", "span": [start, start + 5]}},
    )  # fmt: skip
    by_id = {figure.id: figure for figure in made.figures}
    assert "f2" not in by_id
    assert (by_id["f3"].label, by_id["f3"].value) == ("增收户数", Decimal(198))
    added = next(f for f in made.figures if f.label == "自筹修路资金")
    assert text[added.span.slice] == "8000元"
    assert added.text in added.evidence.quote
    tally = made.coverage
    assert tally.found == tally.figures + tally.merged + len(tally.set_aside) + len(tally.missed)
    assert not tally.missed
    assert [t.text for t in tally.set_aside if t.reason == "reviewer: wrong"] == ["3.5万平方米"] * 2
    assert all("f2" not in item.figures for item in (*made.measures, *made.exemplars))
    told = {i.ref: i.message for i in made.issues if i.code == "reviewed"}
    assert told["f3"].endswith("label: 增收户数, value: 198")
    assert "by 王" in told["f2"]
    assert {i.ref for i in made.issues if i.code == "second_reader"} == {"f3"}


def test_items_are_taken_out_edited_and_added(tmp_path):
    summary = stored(tmp_path / "s.json")
    before = load(summary.read_text(encoding="utf-8"), schema=str(SCHEMA))[0]
    first, second = before.measures[0], before.measures[1]
    text = read(TEXT).text
    words = "完成危房改造44户"
    span = [text.index(words), text.index(words) + len(words)]
    fields = first.model_dump(mode="json", exclude={"id", "evidence", "figures", "confidence"})
    made = applied(
        summary, tmp_path,
        {"ref": first.id, "verdict": "wrong"},
        {"ref": second.id, "verdict": "edited", "fields": {"title": "发放小额信贷资金"}},
        {"ref": "added-measures-1", "verdict": "added", "text": words, "span": span,
         "fields": fields | {"title": "完成危房改造"}, "add": {"kind": "measures", "span": span}},
    )  # fmt: skip
    assert [m.title for m in made.measures if m.id == second.id] == ["发放小额信贷资金"]
    assert first.id not in {m.id for m in made.measures}
    added = next(m for m in made.measures if m.title == "完成危房改造")
    assert words in added.evidence[0].quote
    assert added.figures


def test_gold_of_a_review_is_what_evals_takes(tmp_path):
    summary = stored(tmp_path / "s.json")
    made = applied(
        summary, tmp_path,
        {"ref": "f1", "verdict": "right"}, {"ref": "f2", "verdict": "wrong"},
        {"ref": "f4", "verdict": "unsure"},
    )  # fmt: skip
    (case,) = load_cases(str(tmp_path / "gold"))
    assert case.text == read(TEXT).text
    by_text = {figure.text: figure for figure in case.gold.figures}
    assert not by_text["500余万元"].borderline
    assert by_text["2万亩"].borderline
    assert "3.5万平方米" not in by_text
    assert not next(n for n in case.gold.non_figures if n.text == "3.5万平方米").borderline
    for figure in (*case.gold.figures, *case.gold.non_figures):
        assert case.text[figure.span.slice] == figure.text
    trial = Trial.of(case, view(json.loads(made.model_dump_json())))
    assert len(trial.matching.found) == 1
    assert not trial.matching.false
    again = Trial.of(case, view(json.loads(summary.read_text(encoding="utf-8"))))
    assert {place.figure.id for place, _ in again.matching.false} == {"f2"}


@pytest.mark.parametrize(
    ("told", "which"),
    [
        ({"ref": "f3", "verdict": "edited", "fields": {"value": "many"}}, "f3: value"),
        ({"ref": "f3", "verdict": "edited", "fields": {"value": None}}, "f3: value"),
        ({"ref": "f3", "verdict": "edited", "fields": {"kind": "x"}}, "f3: kind"),
        ({"ref": "added-1", "verdict": "added", "text": "999", "span": [0, 3],
          "fields": {"label": "x", "value": "1"}, "add": {"kind": "figures", "span": [0, 3]}},
         "added-1: '999'"),
        ({"ref": "added-1", "verdict": "added", "text": "清水镇", "span": [0, 3],
          "fields": {"label": "x"}, "add": {"kind": "figures", "span": [0, 3]}},
         "added-1 (清水镇): value"),
        ({"ref": "measures-1", "verdict": "edited", "fields": {"title": None}},
         "measures-1: title"),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_followed_is_refused_by_name(told, which, tmp_path, capsys):
    summary = stored(tmp_path / "s.json")
    first = load(summary.read_text(encoding="utf-8"), schema=str(SCHEMA))[0].measures[0].id
    told["ref"] = told["ref"].replace("measures-1", first)
    applied(summary, tmp_path, told, code=3)
    err = capsys.readouterr().err
    assert f"cannot be followed: {which.replace('measures-1', first)}" in err
    assert not (tmp_path / "right.jsonl").exists()


def test_decisions_about_another_summary_are_refused(tmp_path, capsys):
    summary = stored(tmp_path / "s.json")
    chosen = tmp_path / "d.json"
    chosen.write_text(decisions(summary, {"ref": "f1", "verdict": "wrong"}), encoding="utf-8")
    stored(summary, overview="anders")
    assert run(["review", str(summary), "--schema", str(SCHEMA), "--apply", str(chosen)]) == 3
    assert "another summary" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "[]", '{"format": "x"}', "\u0000"])
def test_what_is_no_export_is_refused(text, tmp_path):
    chosen = tmp_path / "d.json"
    chosen.write_text(text, encoding="utf-8")
    summary = stored(tmp_path / "s.json")
    assert run(["review", str(summary), "--schema", str(SCHEMA), "--apply", str(chosen)]) == 3


def test_two_readers_agree_where_they_say_the_same(tmp_path):
    summary = stored(tmp_path / "s.json")
    same = {"ref": "f1", "verdict": "right"}
    edits = [{"ref": "f2", "verdict": "edited", "fields": {"label": one}} for one in "甲乙"]
    unsure = [{"ref": "f3", "verdict": one} for one in ("unsure", "wrong")]
    one, other = (
        load_decisions(decisions(summary, same, edits[n], unsure[n]), "d.json") for n in (0, 1)
    )
    found = compared(one, other)
    assert (len(found.pairs), found.same) == (2, 1)
    lines = told(found).splitlines()
    assert lines[0].startswith("agreement: both decided about 2, the same about 1 (50%)")
    assert len([line for line in lines if line.startswith(str(TEXT))]) == 1


def test_kappa_is_what_chance_does_not_explain(tmp_path):
    summary = stored(tmp_path / "s.json")
    says = {"right": "right", "wrong": "wrong"}
    mine = ["right", "right", "right", "wrong", "wrong"]
    theirs = ["right", "right", "wrong", "wrong", "wrong"]
    one, other = (
        load_decisions(
            decisions(
                summary,
                *({"ref": f"f{n}", "verdict": says[word]} for n, word in enumerate(words, 1)),
            ),
            "d.json",
        )
        for words in (mine, theirs)
    )
    # Both agree on 4 of 5; by chance on (3·2 + 2·3) of 25.
    assert compared(one, other).kappa == pytest.approx((4 / 5 - 12 / 25) / (1 - 12 / 25))
    assert compared(one, one).kappa == 1
    alike = load_decisions(decisions(summary, {"ref": "f1", "verdict": "right"}), "d.json")
    assert compared(alike, alike).kappa is None


def test_two_exports_are_compared_by_themselves(tmp_path, capsys):
    summary = stored(tmp_path / "s.json")
    for name, verdict in (("one", "right"), ("other", "wrong")):
        text = decisions(summary, {"ref": "f1", "verdict": verdict, "text": "500余万元"}, by=name)
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
    command = ["review", str(tmp_path / "one.json"), "--against", str(tmp_path / "other.json")]
    assert run(command) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("agreement: both decided about 1, the same about 0 (0%)")
    assert out[2] == "one / other:"
    assert out[3] == f"{TEXT} f1 500余万元: right / wrong"
    assert run([*command, "-o", str(tmp_path / "x.html")]) == 2
    assert run(["review", str(summary), "--against", str(tmp_path / "other.json")]) == 3


def several(tmp_path: Path, count: int) -> Path:
    """So many summaries, each of a document of its own."""
    path = tmp_path / "many.jsonl"
    lines = []
    for number in range(count):
        source = tmp_path / f"d{number}.txt"
        source.write_bytes(TEXT.read_bytes() + f"\n{number}".encode())
        document = {"source": str(source), "id": read(source).id}
        given = json.loads(stored(tmp_path / "s.json", title=f"第{number}份").read_text("utf-8"))
        given["document"] |= document
        lines.append(f"{json.dumps(given)}\n")
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_more_documents_than_a_page_holds_are_a_folder_with_an_index(tmp_path, monkeypatch):
    many, folder = several(tmp_path, 5), tmp_path / "pages"
    command = ["review", str(many), "--schema", str(SCHEMA), "--lang", "en"]
    assert run([*command, "-o", f"{folder}/", "--per-page", "2"]) == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["index.html", "page-001.html", "page-002.html", "page-003.html"]
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert "5 documents on 3 pages" in index
    assert index.count("<li>") == 3
    assert "第0份" in index
    assert "第4份" in index
    known = block(index, "pages")
    assert [len(page) for page in known] == [2, 2, 1]
    held = [
        [[e["key"], e["digest"], e["source"], e["total"]] for e in block(page, "index")]
        for page in ((folder / name).read_text(encoding="utf-8") for name in names[1:])
    ]
    assert held == known
    script = re.search(r"<script>(.*)</script>", index, re.DOTALL)[1]
    told_hash = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src &#39;sha256-{told_hash}&#39;" in index
    # Again, into the folder that is there now; one page is refused what it does not hold.
    assert run([*command, "-o", str(folder)]) == 0
    assert "5 documents on 1 pages" in (folder / "index.html").read_text(encoding="utf-8")
    monkeypatch.setattr("summarizer.cli.review.MOST", 4)
    assert run([*command, "-o", str(tmp_path / "one.html")]) == 2
    assert not (tmp_path / "one.html").exists()


def test_pages_of_an_earlier_run_leave_the_folder_and_nothing_else_does(tmp_path, capsys):
    many, folder = several(tmp_path, 3), tmp_path / "pages"
    command = ["review", str(many), "--schema", str(SCHEMA), "-o", f"{folder}/", "--per-page"]
    assert run([*command, "1"]) == 0
    (folder / "page-004.html").write_text("<p>of somebody else", encoding="utf-8")
    (folder / "page-two.html").write_bytes((folder / "page-002.html").read_bytes())
    (folder / "page-005.html").mkdir()
    assert run([*command, "2"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "index.html", "page-001.html", "page-002.html", "page-004.html", "page-005.html",
        "page-two.html",
    ]  # fmt: skip
    assert "page-003.html" in capsys.readouterr().err


def test_the_exports_of_several_pages_are_applied_together(tmp_path):
    summary = stored(tmp_path / "s.json")
    told_by = [
        ({"ref": "f1", "verdict": "wrong", "at": "2026-01-02"},
         {"ref": "f2", "verdict": "wrong", "at": "2026-01-02"}),
        ({"ref": "f2", "verdict": "right", "at": "2026-01-03"},
         {"ref": "f1", "verdict": "right", "at": "2026-01-01"},
         {"ref": "f3", "verdict": "wrong", "at": "2026-01-03"}),
    ]  # fmt: skip
    texts = [decisions(summary, *one, by=name) for one, name in zip(told_by, "王李", strict=True)]
    whole = merged([load_decisions(text, "d.json") for text in texts])
    assert whole.reviewer == "王, 李"
    (about,) = whole.documents.values()
    assert {ref: one.verdict for ref, one in about.by_ref().items()} == {
        "f1": "wrong", "f2": "right", "f3": "wrong",
    }  # fmt: skip
    names = []
    for number, text in enumerate(texts):
        names.append(tmp_path / f"d{number}.json")
        names[-1].write_text(text, encoding="utf-8")
    out = tmp_path / "right.jsonl"
    command = ["review", str(summary), "--schema", str(SCHEMA), "-o", str(out)]
    assert run([*command, *(word for name in names for word in ("--apply", str(name)))]) == 0
    (made,) = load(out.read_text(encoding="utf-8"), schema=str(SCHEMA))
    assert [f.id for f in made.figures][:2] == ["f2", "f4"]


def test_doubts_stand_beside_what_they_are_about(tmp_path):
    (summary,) = load(stored(tmp_path / "s.json").read_text(encoding="utf-8"), schema=str(SCHEMA))
    given = payload(reviewed(summary, load_schema(str(SCHEMA))))
    for thing in (*given["figures"], *(i for one in given["lists"] for i in one["items"])):
        for code, start, end, *_ in thing["doubts"]:
            assert code
            assert 0 <= start <= end <= len(given["text"])


def test_fields_of_picks_are_shown_with_their_proof_and_can_be_called_wrong():
    whole, _ = read_by(GOOD)
    one = Reviewed(whole, load_schema(str(SCHEMAS / "indicators.py")), SOURCE.parsed)
    given = payload(one)
    rows = {row["id"]: row for row in given["own"]}
    assert rows["field.gdp"]["text"] == "165.2亿元"
    for row in rows.values():
        for start, end, quote in row["evidence"]:
            assert given["text"][start:end] == quote
    said = DocumentDecisions(
        source="x", digest=digest(whole), decisions=(Decision(ref="field.gdp", verdict="wrong"),)
    )
    made = corrected(one, said).summary
    assert made.gdp is None
    assert made.jobs == whole.jobs


def test_an_edit_that_is_called_right_or_doubted_later_is_still_an_edit(tmp_path):
    for verdict in ("right", "unsure"):
        summary = stored(tmp_path / "report.json")
        told = {"ref": "f1", "verdict": verdict, "fields": {"label": "改过的"}}
        made = applied(summary, tmp_path, told)
        assert made.figures[0].label == "改过的"
        assert any(i.code == "reviewed" and "改过的" in i.message for i in made.issues)


def test_a_wrong_figure_that_is_added_anew_is_counted_once(tmp_path):
    summary = stored(tmp_path / "report.json")
    before = load(summary.read_text(encoding="utf-8"), schema=str(SCHEMA))[0]
    one = before.figures[0]
    span = [one.span.start, one.span.end]
    fields = {"label": "新", "value": str(one.value), "unit": one.unit, "kind": one.kind}
    add = {"kind": "figures", "span": span}
    made = applied(
        summary,
        tmp_path,
        {"ref": one.id, "verdict": "wrong"},
        {"ref": "added", "verdict": "added", "text": one.text, "fields": fields, "add": add},
    )
    assert made.coverage.found == before.coverage.found
    assert all(tally.span != one.span for tally in made.coverage.set_aside)


def test_gold_writes_over_no_file_that_is_not_its_own(tmp_path):
    summary, folder = stored(tmp_path / "s.json"), tmp_path / "gold"
    folder.mkdir()
    (folder / "report.txt").write_text("mine", encoding="utf-8")
    chosen = tmp_path / "decisions.json"
    chosen.write_text(decisions(summary, {"ref": "f1", "verdict": "right"}), encoding="utf-8")
    command = ["review", str(summary), "--schema", str(SCHEMA), "--apply", str(chosen)]
    command += ["-o", str(tmp_path / "right.jsonl"), "--gold", str(folder)]
    for _ in range(2):
        assert run(command) == 0
        assert (folder / "report.txt").read_text(encoding="utf-8") == "mine"
        (gold,) = folder.glob("*.json")
        assert json.loads(gold.read_text(encoding="utf-8"))["source"] == f"{gold.stem}.txt"
        assert gold.with_suffix(".txt").is_file()


@pytest.mark.parametrize("value", [{"a": 1}, [1], "1e99999999", "NaN"])
def test_a_value_that_is_no_number_is_refused(value, tmp_path):
    summary = stored(tmp_path / "report.json")
    one = load(summary.read_text(encoding="utf-8"), schema=str(SCHEMA))[0].figures[0]
    add = {"kind": "figures", "span": [one.span.start, one.span.end]}
    told = {"ref": "added", "verdict": "added", "text": one.text, "add": add}
    told["fields"] = {"label": "新", "value": value, "kind": "count"}
    applied(summary, tmp_path, told, code=3)


@pytest.mark.parametrize("changed", [{"label": "长" * 1_000_000}, {"value": "1e99999"}])
def test_what_has_no_end_is_refused_at_once(changed, tmp_path):
    summary = stored(tmp_path / "report.json")
    applied(summary, tmp_path, {"ref": "f1", "verdict": "edited", "fields": changed}, code=3)


@pytest.mark.parametrize(
    "told",
    [
        {"ref": "field.measures", "verdict": "wrong"},
        {"ref": "field.title", "verdict": "wrong"},
        {"ref": "field.issues", "verdict": "wrong"},
        {"ref": "nope", "verdict": "edited", "fields": {"label": "x"}},
        {"ref": "t0-1", "verdict": "right"},
    ],
)
def test_a_decision_about_nothing_that_the_page_offers_is_told_and_changes_nothing(
    told, tmp_path, capsys
):
    summary = stored(tmp_path / "s.json")
    made = applied(summary, tmp_path, told)
    before = load(summary.read_text(encoding="utf-8"), schema=str(SCHEMA))[0]
    err = capsys.readouterr().err
    assert f"about nothing in this summary, left out: 1 ({told['ref']})" in err
    assert made.measures == before.measures
    assert made.title == before.title
    assert not any(issue.code == "reviewed" for issue in made.issues)


def test_an_edit_of_a_field_that_a_thing_has_not_is_refused(tmp_path, capsys):
    told = {"ref": "f1", "verdict": "edited", "fields": {"nope": "x"}}
    applied(stored(tmp_path / "s.json"), tmp_path, told, code=3)
    assert "f1: 'nope' is no field of it" in capsys.readouterr().err


def two_of_one_document(tmp_path) -> tuple[Path, list]:
    """Two summaries of report.txt in a batch's file, as two models made them."""
    paths = [stored(tmp_path / f"{n}.json", overview=n) for n in "ab"]
    both = tmp_path / "both.jsonl"
    both.write_text("".join(f"{p.read_text(encoding='utf-8')}\n" for p in paths), encoding="utf-8")
    return both, load(both.read_text(encoding="utf-8"), schema=str(SCHEMA))


def file_of(path: Path, documents: dict) -> Path:
    given = {"format": "summarizer.review/1", "documents": documents}
    path.write_text(json.dumps(given), encoding="utf-8")
    return path


def said_of(one, *told: dict) -> dict:
    return {"source": one.document.source, "digest": digest(one), "decisions": list(told)}


def test_two_summaries_of_one_document_are_decided_about_each(tmp_path):
    both, summaries = two_of_one_document(tmp_path)
    given = {
        f"{one.document.id}.{digest(one)}": said_of(one, {"ref": ref, "verdict": "wrong"})
        for one, ref in zip(summaries, ("f1", "f2"), strict=True)
    }
    chosen, out = file_of(tmp_path / "d.json", given), tmp_path / "right.jsonl"
    command = ["review", str(both), "--schema", str(SCHEMA), "--apply", str(chosen)]
    command += ["-o", str(out), "--gold", str(tmp_path / "gold")]
    for _ in range(2):
        assert run(command) == 0
        made = load(out.read_text(encoding="utf-8"), schema=str(SCHEMA))
        assert ["f1" in {f.id for f in one.figures} for one in made] == [False, True]
        assert ["f2" in {f.id for f in one.figures} for one in made] == [True, False]
        golds = [json.loads(p.read_text("utf-8")) for p in (tmp_path / "gold").glob("*.json")]
        assert {gold["summary"] for gold in golds} == {digest(one) for one in summaries}
        assert len(golds) == 2


def test_decisions_of_an_earlier_page_are_about_the_one_summary_that_they_name(tmp_path, capsys):
    both, (first, second) = two_of_one_document(tmp_path)
    wrong = {"ref": "f1", "verdict": "wrong"}
    chosen = file_of(tmp_path / "d.json", {first.document.id: said_of(first, wrong)})
    out = tmp_path / "right.jsonl"
    command = ["review", str(both), "--schema", str(SCHEMA), "--apply", str(chosen)]
    assert run([*command, "-o", str(out)]) == 0
    made = load(out.read_text(encoding="utf-8"), schema=str(SCHEMA))
    assert ["f1" in {f.id for f in one.figures} for one in made] == [False, True]
    given = {f"{one.document.id}.{digest(one)}": said_of(one, wrong) for one in (first, second)}
    file_of(chosen, given)
    command[1] = str(tmp_path / "a.json")
    assert run([*command, "-o", str(out)]) == 0
    assert f"is the one with digest {digest(second)}" in capsys.readouterr().err


def test_the_page_knows_which_fields_of_an_item_have_to_say_something(tmp_path):
    def blanks(one: dict) -> dict:
        return {f["name"]: f["blank"] for each in one["lists"] for f in each["fields"]}

    given = block(page_of(stored(tmp_path / "s.json"), tmp_path), "document-0")
    assert blanks(given)["title"] is None
    assert blanks(given)["partner"] == {"is": None}
    exemplars = next(one for one in load_schema("report").lists if one.name == "exemplars")
    assert _blank(exemplars, "role") == {"is": ""}
    assert _blank(exemplars, "name") is None


def test_a_figure_that_is_added_over_one_that_stays_is_refused(tmp_path, capsys):
    summary = stored(tmp_path / "s.json")
    figures = load(summary.read_text(encoding="utf-8"), schema=str(SCHEMA))[0].figures
    repeated = next(figure for figure in figures if figure.also_at)
    for span in (repeated.span, repeated.also_at[0]):
        told = {
            "ref": "added-1", "verdict": "added", "text": repeated.text,
            "fields": {"label": "x", "value": "1", "kind": "count"},
            "add": {"kind": "figures", "span": [span.start, span.end]},
        }  # fmt: skip
        applied(summary, tmp_path, told, code=3)
        assert f"added-1 ({repeated.text}): figure {repeated.id} stands" in capsys.readouterr().err


@pytest.mark.parametrize("verdict", ["added", "unsure"])
def test_what_was_added_and_is_not_sure_is_borderline_in_gold(verdict, tmp_path):
    text = read(TEXT).text
    told = []
    for kind, words, fields in (
        ("figures", "8000元", {"label": "自筹", "value": "8000", "unit": "元", "kind": "money"}),
        ("measures", "完成危房改造44户", {"title": "改造危房44户", "category": "住房"}),
    ):
        span = [text.index(words), text.index(words) + len(words)]
        told.append({"ref": f"added-{kind}", "verdict": verdict, "text": words, "fields": fields,
                     "add": {"kind": kind, "span": span}})  # fmt: skip
    applied(stored(tmp_path / "s.json"), tmp_path, *told)
    gold = json.loads((tmp_path / "gold" / "report.json").read_text(encoding="utf-8"))
    figure = next(one for one in gold["figures"] if one["text"] == "8000元")
    item = next(one for one in gold["measures"] if one["title"] == "改造危房44户")
    unsure = verdict == "unsure"
    assert [one.get("borderline", False) for one in (figure, item)] == [unsure, unsure]


def test_a_page_has_a_limit_and_apply_has_none(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("summarizer.cli.review.MOST", 1)
    both, (first, _) = two_of_one_document(tmp_path)
    wrong = {"ref": "f1", "verdict": "wrong"}
    chosen = file_of(tmp_path / "d.json", {first.document.id: said_of(first, wrong)})
    command = ["review", str(both), "--schema", str(SCHEMA)]
    assert run([*command, "-o", str(tmp_path / "x.html")]) == 2
    assert "one page holds" in capsys.readouterr().err
    assert run([*command, "--apply", str(chosen), "-o", str(tmp_path / "right.jsonl")]) == 0


@pytest.mark.parametrize(("failed", "told"), [(1, "1 document that"), (2, "2 documents that")])
def test_failed_documents_of_a_batch_are_told_of(failed, told, tmp_path, capsys):
    line = json.dumps(
        {"status": "failed", "source": "x.txt", "error": {"type": "T", "message": ""}}
    )
    given = json.loads(stored(tmp_path / "s.json").read_text(encoding="utf-8"))
    batch = tmp_path / "out.jsonl"
    batch.write_text("\n".join([json.dumps(given), *[line] * failed, ""]), encoding="utf-8")
    page_of(batch, tmp_path)
    assert f"left out {told} failed in the batch" in capsys.readouterr().err


def test_two_reviewers_are_compared(tmp_path, capsys):
    summary = stored(tmp_path / "s.json")
    told = [{"ref": "f1", "verdict": "right"}, {"ref": "f2", "verdict": "wrong"}]
    names = [tmp_path / "one.json", tmp_path / "other.json"]
    for name, verdict in zip(names, ("wrong", "right"), strict=True):
        mine = {"ref": "f3", "verdict": verdict}
        name.write_text(decisions(summary, *told, mine), encoding="utf-8")
    command = ["review", str(summary), "--schema", str(SCHEMA), "--apply", str(names[0])]
    out = ["-o", str(tmp_path / "right.jsonl")]
    assert run([*command, "--against", str(names[1]), *out]) == 0
    assert "both decided about 3, the same about 2 (67%)" in capsys.readouterr().err
    names[1].write_text("{}", encoding="utf-8")
    assert run([*command, "--against", str(names[1]), *out]) == 3
    assert f"{names[1]} is no export" in capsys.readouterr().err
