"""The review page in a real browser: choose, filter, decide, mark, edit, add, reload, export.

Skipped where there is no Chromium. With axe-core (`make .venv/.done-axe`, or its file named in
REVIEW_AXE) the page is held against its rules too, in light, dark and on a phone.
"""

import json
import os
from importlib.util import find_spec
from pathlib import Path

import browser
import pytest

from evals.cases import load_cases
from summarizer.cli import run
from summarizer.documents.read import read
from summarizer.render.load import load

HERE = Path(__file__).parent
TEXT = HERE / "data" / "report.txt"
SCHEMA = HERE / "data" / "report_schema.py"
HOSTILE = "</script><script>window.hit=1</script><img src=x onerror=window.hit=2>\u202e𠮷\r"


def axe() -> Path:
    """The file of axe-core: one that is named, else that of the package that carries it."""
    carrier = find_spec("axe_playwright_python")
    folder = Path(carrier.origin or "").parent if carrier else HERE
    return Path(os.environ.get("REVIEW_AXE", folder / "axe.min.js"))


AXE = axe()
PROGRAM = browser.found()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        PROGRAM is None,
        reason="no Chromium here: `apt-get install chromium`, or name one in REVIEW_BROWSER",
    ),
]


@pytest.fixture
def page(tmp_path_factory):
    with browser.Browser(PROGRAM, tmp_path_factory.mktemp("browser")) as opened:
        yield opened
        assert opened.problems == []


def summary(folder: Path, name: str = "a", **update) -> dict:
    """The summary of report.txt, copied and named, so that each is a document of its own."""
    source = folder / f"{name}.txt"
    source.write_text(
        update.pop("text", TEXT.read_text(encoding="utf-8")) + f"\n{name}",
        encoding="utf-8",
        newline="",
    )
    given = json.loads((HERE / "golden" / "report.json").read_text(encoding="utf-8"))
    given["document"] |= {"source": str(source), "id": read(source).id}
    return given | update


def made(folder: Path, *summaries: dict, lang: str = "en") -> str:
    """The address of a page of summaries."""
    stored, out = folder / "out.jsonl", folder / "review.html"
    stored.write_text("".join(f"{json.dumps(one)}\n" for one in summaries), encoding="utf-8")
    command = ["review", str(stored), "--schema", str(SCHEMA), "--lang", lang, "-o", str(out)]
    assert run(command) == 0
    return out.as_uri()


def current(page) -> str:
    return page.run("document.querySelector('.card[aria-current=true]')?.dataset.ref")


def mark(page, words: str) -> None:
    """Select some words of the source."""
    page.run(
        f"""(() => {{
          const walker = document.createTreeWalker(document.querySelector('.text'), NodeFilter.SHOW_TEXT);
          const nodes = []; while (walker.nextNode()) nodes.push(walker.currentNode);
          const all = nodes.map((node) => node.data).join('');
          const from = all.indexOf({json.dumps(words)}), to = from + {len(words)};
          const range = document.createRange(); let at = 0;
          for (const node of nodes) {{
            const end = at + node.data.length;
            if (at <= from && from < end) range.setStart(node, from - at);
            if (at < to && to <= end) range.setEnd(node, to - at);
            at = end;
          }}
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }})()"""
    )


def fill(page, name: str, value: str) -> None:
    page.run(f"document.querySelector('#field-{name}').value = {json.dumps(value)}")


def exported(page) -> dict:
    for old in page.downloads.iterdir():
        old.unlink()
    page.click("#export")

    def new() -> list[Path]:
        return [p for p in page.downloads.glob("*.json") if p.stat().st_size]

    return json.loads(browser.until(new, "an export")[0].read_text(encoding="utf-8"))


def test_what_is_decided_on_the_page_comes_back_as_summary_and_gold(page, tmp_path):
    address = made(tmp_path, summary(tmp_path, "a"), summary(tmp_path, "b"))
    page.go(address)
    page.run("document.querySelector('[data-ref=f1]').dataset.ref")
    # Choosing on either side shows the other.
    page.click(".card[data-ref=f3]")
    assert page.run("document.querySelector('.mark.chosen').textContent") == "197户"
    page.click(".text .mark[data-ref=f1]")
    assert current(page) == "f1"
    assert "500余万元" in page.run(
        "[...document.querySelectorAll('.tint')].map(e => e.textContent).join('')"
    )
    page.press("a")
    page.click(".card[data-ref=f2]")
    page.press("x")
    page.click(".card[data-ref=f3]")
    page.press("s")
    # Edit one, and take the last decision back.
    page.click(".card[data-ref=f4]")
    page.press("e")
    fill(page, "label", "流转面积")
    page.run("document.querySelector('.editor').requestSubmit()")
    page.click(".card[data-ref=f5]")
    page.press("x")
    page.press("u")
    assert page.run("document.querySelector('.card[data-ref=f5]').className.trim()") == "card"
    # Add a missed figure by marking text.
    mark(page, "8000元")
    page.press("m")
    assert page.run("document.querySelector('#field-value').value") == "8000"
    fill(page, "label", "修路自筹资金")
    page.run("document.querySelector('.editor').requestSubmit()")
    assert current(page).startswith("added-figures-")
    # An item too.
    mark(page, "完成危房改造44户")
    page.press("m")
    page.run(
        "(() => { const e = document.querySelector('#add-as'); e.value = 'measures'; e.dispatchEvent(new Event('change')); })()"
    )
    fill(page, "title", "完成危房改造")
    page.run("document.querySelector('.editor').requestSubmit()")
    kept_after_reload(page)
    page.press("n")
    page.wait("document.querySelectorAll('.card.right, .card.wrong').length === 0")
    page.press("a")
    given = exported(page)
    assert len(given["documents"]) == 2
    applied(given, tmp_path)


def kept_after_reload(page) -> None:
    """Reloaded, everything is there still, and the address leads back."""
    where = page.run("location.href")
    page.go(where)
    assert current(page).startswith("added-measures-")
    verdicts = page.run(
        "Object.fromEntries([...document.querySelectorAll('.card')].map(e => [e.dataset.ref, e.className.replace('card', '').trim()]))"
    )
    assert {k: v for k, v in verdicts.items() if v and not k.startswith("added")} == {
        "f1": "right", "f2": "wrong", "f3": "unsure", "f4": "edited",
    }  # fmt: skip


def applied(given: dict, tmp_path: Path) -> None:
    """The export makes a corrected summary, and gold."""
    chosen, out, gold = tmp_path / "decisions.json", tmp_path / "right.jsonl", tmp_path / "gold"
    chosen.write_text(json.dumps(given), encoding="utf-8")
    command = [
        "review",
        str(tmp_path / "out.jsonl"),
        "--schema",
        str(SCHEMA),
        "--apply",
        str(chosen),
    ]
    assert run([*command, "-o", str(out), "--gold", str(gold)]) == 0
    first, _ = load(out.read_text(encoding="utf-8"), schema=str(SCHEMA))
    by_id = {figure.id: figure for figure in first.figures}
    assert "f2" not in by_id
    assert by_id["f4"].label == "流转面积"
    assert {"修路自筹资金", "流转面积"} <= {figure.label for figure in first.figures}
    assert "完成危房改造" in {item.title for item in first.measures}
    assert [case.name for case in load_cases(str(gold))] == ["a", "b"]


def test_two_summaries_of_one_document_are_exported_each(page, tmp_path):
    page.go(made(tmp_path, summary(tmp_path), summary(tmp_path, overview="anders")))
    page.click(".card[data-ref=f1]")
    page.press("x")
    page.press("n")
    page.wait("document.querySelector('.overview').textContent.includes('anders')")
    page.click(".card[data-ref=f2]")
    page.press("x")
    page.go(page.run("location.href"))
    page.wait("document.querySelector('.overview')?.textContent.includes('anders')")
    assert page.run("document.querySelector('[role=option] b').lang") == "zh-Hans"
    told = [one["decisions"] for one in exported(page)["documents"].values()]
    assert [[d["ref"] for d in one] for one in told] == [["f1"], ["f2"]]


def test_an_item_keeps_the_words_that_it_has_to_have(page, tmp_path):
    page.go(made(tmp_path, summary(tmp_path)))
    title = "[...document.querySelectorAll('.card')].find((e) => e.dataset.ref.startsWith('m'))"
    page.run(f"{title}.click()")
    page.press("e")
    fill(page, "title", " ")
    page.run("document.querySelector('.editor').requestSubmit()")
    assert page.run("document.querySelector('.editor .error').textContent")
    fill(page, "title", "改过的")
    fill(page, "partner", "")
    page.run("document.querySelector('.editor').requestSubmit()")
    (about,) = exported(page)["documents"].values()
    assert about["decisions"][0]["fields"]["title"] == "改过的"


def test_no_figure_is_added_over_one_that_stays(page, tmp_path):
    page.go(made(tmp_path, summary(tmp_path)))
    mark(page, "500余万元")
    page.press("m")
    fill(page, "label", "投入")
    page.run("document.querySelector('.editor').requestSubmit()")
    assert "500余万元" in page.run("document.querySelector('.editor .error').textContent")
    page.press("Escape")
    page.click(".card[data-ref=f1]")
    page.press("x")
    mark(page, "500余万元")
    page.press("m")
    fill(page, "label", "投入")
    page.run("document.querySelector('.editor').requestSubmit()")
    assert current(page).startswith("added-figures-")


def test_undo_takes_back_all_that_was_decided_at_once(page, tmp_path):
    page.go(made(tmp_path, summary(tmp_path)))
    text = read(tmp_path / "a.txt").text
    start = text.index("8000元")
    missed = f"t{start}-{start + 5}"
    page.click(f".card[data-ref={missed}]")
    page.press("e")
    fill(page, "label", "自筹")
    page.run("document.querySelector('.editor').requestSubmit()")
    assert current(page).startswith("added-figures-")
    page.press("u")
    assert current(page) == missed
    assert page.run("document.querySelector('.card[aria-current=true]').className") == "card "
    assert exported(page)["documents"] == {}
    # Removed, it takes along what was decided with it; undone, both are there again.
    page.press("e")
    fill(page, "label", "自筹")
    page.run("document.querySelector('.editor').requestSubmit()")
    page.run(
        "document.querySelector('.card[aria-current=true] .actions button:last-child').click()"
    )
    assert current(page) == missed
    assert exported(page)["documents"] == {}
    page.press("u")
    (about,) = exported(page)["documents"].values()
    assert [one["verdict"] for one in about["decisions"]] == ["wrong", "added"]


def test_sums_of_money_are_exact(page, tmp_path):
    given = summary(tmp_path)
    told = [
        ("0.1", "exact"),
        ("12.25", "exact"),
        ("-0.05", "exact"),
        ("500", "over"),
        ("7", "about"),
    ]
    for figure, (value, bound) in zip(given["figures"], told, strict=False):
        figure |= {"value": value, "base_value": value, "base_unit": "元", "unit": "元"}
        figure |= {"kind": "money", "bound": bound}
    given["figures"] = given["figures"][: len(told)]
    given["measures"] = [given["measures"][0] | {"figures": [f["id"] for f in given["figures"]]}]
    given["exemplars"] = []
    page.go(made(tmp_path, given))
    charts = page.run("[...document.querySelectorAll('.chart')].map((e) => e.textContent)")
    assert charts[-1].endswith("12.3")


def test_filters_and_search_stand_in_the_address(page, tmp_path):
    address = made(tmp_path, *(summary(tmp_path, name) for name in "abcde"))
    page.go(address)
    page.run(
        "(() => { const e = document.querySelector('#choice-kind'); e.value = 'unaccounted'; e.dispatchEvent(new Event('change')); })()"
    )
    assert page.run("[...document.querySelectorAll('.card b')].map(e => e.textContent)") == ["2020"]
    assert "kind=unaccounted" in page.run("location.hash")
    page.go(page.run("location.href"))
    assert page.run("document.querySelectorAll('.card').length") == 1
    page.go(address)
    page.press("/")
    page.run(
        "(() => { const e = document.querySelector('#search'); e.value = '小额信贷'; e.dispatchEvent(new Event('input')); })()"
    )
    page.wait("document.querySelector('[role=status]').textContent.startsWith('5 ')")
    assert page.run("document.querySelectorAll('.card').length") < 5
    page.press("Escape")
    page.press("?")
    assert page.run("document.querySelector('dialog').open")


def test_nothing_a_document_says_acts(page, tmp_path):
    given = summary(
        tmp_path, "hostile", text=f"{HOSTILE}\n投入500万元", title=HOSTILE, overview=HOSTILE
    )
    given |= {"figures": [], "measures": [], "exemplars": []}
    page.go(made(tmp_path, given))
    assert page.run("window.hit") is None
    assert page.run("document.querySelectorAll('.text img, .top img').length") == 0
    assert "onerror" in page.run("document.querySelector('.text').textContent")
    assert "\u202e" not in page.run("document.body.innerText")
    mark(page, "500万元")
    page.press("m")
    fill(page, "label", "投入")
    page.run("document.querySelector('.editor').requestSubmit()")
    (about,) = exported(page)["documents"].values()
    start, end = about["decisions"][0]["span"]
    assert read(tmp_path / "hostile.txt").text[start:end] == "500万元"


def test_a_long_text_and_many_documents_open(page, tmp_path):
    long = summary(tmp_path, "long", text=TEXT.read_text(encoding="utf-8") + "村民说好。" * 200_000)
    others = [summary(tmp_path, f"d{n}") for n in range(60)]
    page.go(made(tmp_path, long, *others))
    assert page.run("document.querySelector('.text').textContent.length") > 1_000_000
    rows = page.run("document.querySelectorAll('[role=option]').length")
    assert rows < 40
    for _ in range(3):
        page.press("n")
    page.wait(
        "document.querySelector('[role=option][aria-selected=true]').getAttribute('aria-posinset') === '4'"
    )


def moved(value, by: int):
    """A summary whose source begins with further characters."""
    if isinstance(value, list):
        return [moved(one, by) for one in value]
    if isinstance(value, dict):
        return {k: v + by if k in ("start", "end") else moved(v, by) for k, v in value.items()}
    return value


def test_of_a_source_of_many_lines_what_is_seen_is_laid_out(page, tmp_path):
    before = "村民说好。\n" * 20_000
    long = summary(tmp_path, "long", text=before + TEXT.read_text(encoding="utf-8"))
    page.go(made(tmp_path, moved(long, len(before))))
    page.click(".card[data-ref=f3]")
    page.wait(
        """(() => {
          const view = document.querySelector('.text').getBoundingClientRect();
          const box = document.querySelector('.mark.chosen').getBoundingClientRect();
          return box.top >= view.top && box.bottom <= view.bottom;
        })()"""
    )
    page.press("j")
    page.press("k")
    assert page.run("document.querySelector('.mark.chosen').textContent") == "197户"
    lines = page.run(
        """(() => {
          const lines = [...document.querySelectorAll('.line')];
          return [lines.length, lines.filter((e) => e.checkVisibility({contentVisibilityAuto: true})).length];
        })()"""
    )
    assert lines[0] > 20_000
    assert 0 < lines[1] < 1_000


@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core here: `make .venv/.done-axe`")
@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("screen", ["light", "dark", "phone"])
def test_the_page_keeps_the_rules_of_accessibility(page, tmp_path, lang, screen):
    address = made(tmp_path, summary(tmp_path, "a"), summary(tmp_path, "b"), lang=lang)
    page.go(address, *((400, 800) if screen == "phone" else (1400, 860)), dark=screen == "dark")
    page.press("x")
    page.press("j")
    page.press("e")
    page.run(AXE.read_text(encoding="utf-8") + ";0")
    found = page.run(
        "axe.run().then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.html + n.failureSummary)]))"
    )
    assert found == []


def test_without_a_script_the_first_document_can_be_read(page, tmp_path):
    address = made(tmp_path, summary(tmp_path, "a"))
    page.ask("Emulation.setScriptExecutionDisabled", value=True)
    page.ask("Page.navigate", url=address)
    page.wait(f"location.href === {json.dumps(address)} && document.readyState === 'complete'")
    page.ask("Emulation.setScriptExecutionDisabled", value=False)
    assert "500余万元" in page.run("document.body.innerText")


def test_the_index_of_a_folder_leads_to_pages_and_exports_all(page, tmp_path):
    made(tmp_path, *(summary(tmp_path, name) for name in "abc"))
    folder = tmp_path / "pages"
    command = ["review", str(tmp_path / "out.jsonl"), "--schema", str(SCHEMA), "--lang", "en"]
    assert run([*command, "-o", f"{folder}/", "--per-page", "2"]) == 0
    for name, ref in (("page-001.html", "f1"), ("page-002.html", "f2")):
        page.go((folder / name).as_uri())
        page.click(f".card[data-ref={ref}]")
        page.press("x")
    page.ask("Page.navigate", url=(folder / "index.html").as_uri())
    page.wait(
        "document.readyState === 'complete' && document.querySelector('#progress')?.textContent"
    )
    assert page.run("document.querySelector('#progress').textContent").startswith("2 of ")
    done = page.run("[...document.querySelectorAll('.done')].map((e) => e.textContent)")
    assert [told.split()[1] for told in done if told] == ["1", "1"]
    given = exported(page)
    verdicts = [[d["ref"] for d in one["decisions"]] for one in given["documents"].values()]
    assert verdicts == [["f1"], ["f2"]]
    page.click("main a")
    page.wait("document.querySelector('.card.wrong')")
